package io.undertone.webapp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Compare;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.Match;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.webapp.config.UpstreamConnection.Http2;
import io.undertone.webapp.tls.Identity;
import io.undertone.webapp.tls.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final String WHOLE = """
            configVersion: 1
            listen:
              host: 127.0.0.1
              port: 9080
              trustedProxies: [10.0.0.0/8, "::1"]
              requestRate: 20/s
              tls: {keyStore: /etc/undertone/server.p12, passwordFile: /run/secrets/password}
              limits: {connections: 5000, connectionsPerAddress: 50, headerBytes: 8192, bodyBytesPerSecond: 64, idleTimeout: 2m}
              accessLog: /var/log/undertone/access.log
            management:
              host: 127.0.0.2
              port: 9081
              token: abc.DEF_0~1+/-==
              tokenFile: /var/lib/undertone/token
              probeRate: 600/m
              tls: {certificate: /etc/undertone/chain.pem, key: /etc/undertone/key.pem}
            routes:
              - path: /genesys
                upstream: [http://gms:8080, http://gms2:8080]
                preserveHost: true
                maxRequestBody: 64MB
                cors: {allowedOrigins: [https://shop.example], allowCredentials: false, maxAge: 1h}
                dialect: genesys-v2
                audience: agent
                onUnreadable: pass
                http2: always
                tls: {trust: /etc/undertone/authority.p12, password: open}
              - {path: /, upstream: [https://other/base], http2: never, tls: {verify: false}}
            keywords:
              - {id: quiet, text: "#undertone#", visibility: INT, match: word, compare: exact, from: [External, Agent]}
              - {text: psst, from: any}
              - {text: hush}
            hiddenParticipants:
              - {nickname: monitor, kind: Supervisor}
            probe: {nickname: prober, text: "#p#", method: Notice, visibility: INT, transport: http, url: "http://is/esp",
                    notice: {type: T, typeKey: TK, textKey: XK},
                    interactionUrl: "http://is/i/{InteractionId}", ha: n+1, attempts: 2, interval: 500ms, timeout: 2m,
                    faults: {"7": gone, 8: Alive, "100": unknown}, remember: 1h, budget: 9, minGap: 3s, shadow: true,
                    skip: {youngerThan: 30s, async: true, inTransfer: true, media: [chat, sms],
                           keys: {receivedAt: R, async: A, inTransfer: T, media: M}}}
            store: {url: "jdbc:postgresql://db/undertone"}
            drain: {delay: 5s, timeout: 1m}
            webSocket: {maxMessageBytes: 65536, idleTimeout: 90s}
            """;

    @Test
    void everyValueOfTheFileIsRead() {
        UndertoneConfig config = ConfigReader.parse(WHOLE, Map.of());

        assertThat(config.listen())
                .isEqualTo(new ListenConfig(
                        "127.0.0.1",
                        9080,
                        new Identity.KeyStoreFile(
                                Path.of("/etc/undertone/server.p12"), null, Path.of("/run/secrets/password")),
                        new LimitsConfig(5000, 50, 8192, 64, Duration.ofMinutes(2)),
                        Path.of("/var/log/undertone/access.log"),
                        List.of("10.0.0.0/8", "::1"),
                        new RequestRate(20, Duration.ofSeconds(1))));
        assertThat(config.management())
                .isEqualTo(new ManagementConfig(
                        "127.0.0.2",
                        9081,
                        "abc.DEF_0~1+/-==",
                        Path.of("/var/lib/undertone/token"),
                        new Identity.PemFiles(Path.of("/etc/undertone/chain.pem"), Path.of("/etc/undertone/key.pem")),
                        new RequestRate(600, Duration.ofMinutes(1))));

        assertThat(config.routes())
                .containsExactly(
                        new RouteConfig(
                                "/genesys",
                                List.of(URI.create("http://gms:8080"), URI.create("http://gms2:8080")),
                                true,
                                "genesys-v2",
                                Audience.AGENT,
                                OnUnreadable.PASS,
                                64L << 20,
                                new CorsConfig(Set.of("https://shop.example"), false, Duration.ofHours(1)),
                                new UpstreamConnection(
                                        Http2.ALWAYS,
                                        true,
                                        new Trust(Path.of("/etc/undertone/authority.p12"), "open"))),
                        new RouteConfig(
                                "/",
                                List.of(URI.create("https://other/base")),
                                false,
                                "auto",
                                Audience.CUSTOMER,
                                OnUnreadable.WITHHOLD,
                                RouteConfig.DEFAULT_MAX_REQUEST_BODY,
                                null,
                                new UpstreamConnection(Http2.NEVER, false, null)));
        assertThat(config.keywords())
                .containsExactly(
                        new Keyword(
                                "quiet",
                                "#undertone#",
                                Visibility.INT,
                                Match.WORD,
                                Compare.EXACT,
                                Set.of(SenderKind.EXTERNAL, SenderKind.AGENT)),
                        new Keyword("keyword-2", "psst", Visibility.VIP, Match.CONTAINS, Compare.LOOSE, Keyword.ANYONE),
                        new Keyword(
                                "keyword-3",
                                "hush",
                                Visibility.VIP,
                                Match.CONTAINS,
                                Compare.LOOSE,
                                Keyword.ANYONE_BUT_THE_CUSTOMER));
        assertThat(config.hiddenParticipants())
                .containsExactly(new HiddenParticipant("monitor", SenderKind.SUPERVISOR));
        assertThat(config.probe())
                .isEqualTo(new ProbeConfig(
                        "prober",
                        "#p#",
                        "Notice",
                        Visibility.INT,
                        new NoticeConfig("T", "TK", "XK"),
                        new TransportConfig.Http(URI.create("http://is/esp")),
                        "http://is/i/{InteractionId}",
                        HaMode.N_PLUS_1,
                        2,
                        Duration.ofMillis(500),
                        Duration.ofMinutes(2),
                        Map.of("7", FaultMeaning.GONE, "8", FaultMeaning.ALIVE, "100", FaultMeaning.UNKNOWN),
                        new ProbeConfig.Limits(Duration.ofHours(1), 9, Duration.ofSeconds(3)),
                        new SkipConfig(
                                Duration.ofSeconds(30),
                                true,
                                true,
                                Set.of("chat", "sms"),
                                new SkipConfig.Keys("R", "A", "T", "M")),
                        true));
        assertThat(config.store().url()).isEqualTo("jdbc:postgresql://db/undertone");
        assertThat(config.drain()).isEqualTo(new DrainConfig(Duration.ofSeconds(5), Duration.ofMinutes(1)));
        assertThat(config.webSocket()).isEqualTo(new WebSocketConfig(65_536, Duration.ofSeconds(90)));
    }

    @Test
    void twoReadingsDifferInTheSectionsThatWereChangedAndInNoOther() {
        String own = "dialects: [{name: shop, messages: lines, fields: {text: say}}]\n";
        UndertoneConfig config = ConfigReader.parse(own + WHOLE, Map.of());

        assertThat(config.sectionsThatDiffer(ConfigReader.parse(own + WHOLE, Map.of())))
                .isEmpty();
        assertThat(config.sectionsThatDiffer(ConfigReader.parse(
                        own.replace("say", "told")
                                + WHOLE.replace("hush", "shh").replace("minGap: 3s", "minGap: 4s"),
                        Map.of())))
                .containsExactly("dialects", "keywords", "probe");
    }

    @Test
    void anEmptyFileIsTheDefaults() {
        UndertoneConfig config = ConfigReader.parse("", Map.of());

        assertThat(config.listen()).isEqualTo(ListenConfig.DEFAULT);
        assertThat(config.management()).isEqualTo(ManagementConfig.DEFAULT);
        assertThat(config.probe()).isEqualTo(ProbeConfig.DEFAULT);
        assertThat(config.drain()).isEqualTo(DrainConfig.DEFAULT);
        assertThat(config.webSocket()).isEqualTo(WebSocketConfig.DEFAULT);
        assertThat(config.routes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                       | 3  | 10
            ha: none                                 | 3  | 10
            ha: warm-standby                         | 4  | 10
            ha: n+1                                  | 4  | 15
            ha: n+1, ceiling: 150s                   | 11 | 15
            ha: n+1, interval: 20s                   | 4  | 20
            ha: n+1, attempts: 6                     | 6  | 15
            ha: warm-standby, interval: 7s, ceiling: 60s | 9  | 7
            """)
    void theModeOfAvailabilitySaysHowLongAnOutageIsWaitedOut(String options, int attempts, int interval) {
        ProbeConfig probe =
                ConfigReader.parse("probe: {%s}".formatted(options), Map.of()).probe();

        assertThat(probe.attempts()).isEqualTo(attempts);
        assertThat(probe.interval()).isEqualTo(Duration.ofSeconds(interval));
    }

    @Test
    void theEnvironmentWinsOverTheFileAndReachesIntoLists() {
        UndertoneConfig config = ConfigReader.parse(
                WHOLE,
                Map.of(
                        "UNDERTONE_LISTEN_PORT", "7000",
                        "UNDERTONE_MANAGEMENT_TOKEN", "secret",
                        "UNDERTONE_MANAGEMENT_TOKEN_FILE", "/tmp/token",
                        "UNDERTONE_ROUTES_0_ON_UNREADABLE", "withhold",
                        "UNDERTONE_ROUTES_1_UPSTREAM", "http://elsewhere",
                        "UNDERTONE_KEYWORDS_3_TEXT", "fourth",
                        "UNDERTONE_KEYWORDS_3_FROM_0", "System",
                        "UNDERTONE_PROBE_INTERVAL", "3s",
                        "UNDERTONE_CONFIG", "/etc/undertone.yaml",
                        "UNDERTONE_SERVICE_HOST", "10.0.0.1"));

        assertThat(config.listen().port()).isEqualTo(7000);
        assertThat(config.management().token()).isEqualTo("secret");
        assertThat(config.management().tokenFile()).isEqualTo(Path.of("/tmp/token"));
        assertThat(config.routes().get(0).onUnreadable()).isEqualTo(OnUnreadable.WITHHOLD);
        assertThat(config.routes().get(1).upstreams()).containsExactly(URI.create("http://elsewhere"));
        assertThat(config.keywords()).hasSize(4);
        assertThat(config.keywords().get(3).from()).containsExactly(SenderKind.SYSTEM);
        assertThat(config.probe().interval()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aFileIsReadAsUtf8(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("undertone.yaml"), "keywords: [{text: \"§ü§\"}]");

        assertThat(ConfigReader.read(file, Map.of()).keywords())
                .extracting(Keyword::text)
                .containsExactly("§ü§");
    }

    @Test
    void whereProbesAreSentTheirTextIsAKeyword() {
        UndertoneConfig silent = ConfigReader.parse("probe: {text: '#p#'}", Map.of());
        UndertoneConfig probing = ConfigReader.parse("probe: {text: '#p#', url: 'http://is/'}", Map.of());

        assertThat(silent.effectiveKeywords()).isEmpty();
        assertThat(probing.effectiveKeywords())
                .extracting(Keyword::id, Keyword::text, Keyword::visibility)
                .containsExactly(tuple("probe", "#p#", Visibility.VIP));
    }

    @Test
    void theProbesParticipantIsAlwaysHiddenAndNeverTwice() {
        HiddenParticipant prober = new HiddenParticipant("undertone", SenderKind.EXTERNAL);

        assertThat(ConfigReader.parse("", Map.of()).effectiveHiddenParticipants())
                .containsExactly(prober);
        assertThat(ConfigReader.parse("hiddenParticipants: [{nickname: undertone}]", Map.of())
                        .effectiveHiddenParticipants())
                .isEqualTo(List.of(prober));
    }

    @Test
    void thePasswordOfTheStoreMayStandInAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "s3cret\n");

        StoreConfig store = ConfigReader.parse(
                        "store: {url: 'jdbc:postgresql://db/undertone', user: undertone, passwordFile: '" + file + "'}",
                        Map.of())
                .store();

        assertThat(store).isEqualTo(new StoreConfig("jdbc:postgresql://db/undertone", "undertone", "s3cret"));
    }
}
