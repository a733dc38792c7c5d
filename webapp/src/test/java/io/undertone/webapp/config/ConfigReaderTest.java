package io.undertone.webapp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.undertone.filters.dialect.Dialects;
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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void allErrorsComeAtOnceEachWithItsPlace() {
        String yaml = """
                configVersion: 2
                lissen: {port: 1}
                listen: {port: 70000}
                management: {host: "", token: "not a token"}
                routes:
                  - {path: genesys, upstream: "htp:/x", dialect: gms, audience: customers}
                  - {upstream: [http://a, http://b, http://a]}
                  - {path: /a/../b, upstream: http://gms?x=1}
                  - just text
                keywords:
                  - {text: "", visibility: ALL, mach: word}
                  - {text: {a: 1}, from: [Bot]}
                hiddenParticipants: undertone
                probe: {url: "http://", attempts: 0, interval: 10, interactionUrl: http://is/}
                store: {url: h2}
                webSocket: {maxMessageBytes: 0, idleTimeout: 30, idleTimeuot: 1s}
                """;

        assertThat(errorsOf(yaml, Map.of("UNDERTONE_PROBE_TIMEOUT", "soon", "UNDERTONE_LISTEN_PROT", "80")))
                .containsExactlyInAnyOrder(
                        "configVersion: \"2\" is not a whole number from 1 to 1",
                        "lissen is not an option; did you mean 'listen'?",
                        "listen.port: \"70000\" is not a whole number from 0 to 65535",
                        "management.host: is empty; write a value or leave the key out",
                        "management.token: a token is made of letters, digits and -._~+/ and may end with =;"
                                + " leave it out to have one made",
                        "routes[0].path: \"genesys\" is not a prefix of a path; write / or, decoded and without a slash"
                                + " at the end, /genesys",
                        "routes[0].upstream: \"htp:/x\" is not a URL; write http://HOST:PORT",
                        "routes[0].dialect: \"gms\" is no dialect; there are "
                                + String.join(", ", new TreeSet<>(Dialects.names())),
                        "routes[0].audience: \"customers\" is none of customer, agent, supervisor",
                        "routes[1].path: is missing; write the prefix of the requests, / for all",
                        "routes[1].upstream: names http://a twice; keep one",
                        "routes[2].path: \"/a/../b\" is not a prefix of a path; write / or, decoded and without a slash"
                                + " at the end, /genesys",
                        "routes[2].upstream: \"http://gms?x=1\" has a query or a fragment; write http://HOST:PORT and"
                                + " perhaps a path",
                        "routes[3] has to be a mapping of keys to values",
                        "keywords[0].text: is empty; write a value or leave the key out",
                        "keywords[0].visibility: \"ALL\" is none of INT, VIP",
                        "keywords[0].mach is not an option; did you mean 'match'?",
                        "keywords[1].text has to be a single value",
                        "keywords[1].from[0]: \"Bot\" is none of Client, Agent, Supervisor, External, System, Unknown, any",
                        "hiddenParticipants has to be a list; begin each entry with '- '",
                        "probe.url: \"http://\" is not a URL; write http://HOST:PORT/PATH",
                        "probe.interactionUrl: \"http://is/\" has no {InteractionId} in it to tell which one",
                        "probe.attempts: \"0\" is not a whole number from 1 to 100",
                        "probe.interval: \"10\" is not a duration; write a number and its unit, such as 500ms, 10s or 2m",
                        "UNDERTONE_PROBE_TIMEOUT: \"soon\" is not a duration; write a number and its unit, such as 500ms,"
                                + " 10s or 2m",
                        "store.url: is no JDBC URL of H2 or PostgreSQL; write jdbc:h2:file:PATH or jdbc:postgresql://HOST/NAME",
                        "webSocket.maxMessageBytes: \"0\" is not a whole number from 1 to 104857600",
                        "webSocket.idleTimeout: \"30\" is not a duration; write a number and its unit, such as 500ms, 10s or 2m",
                        "webSocket.idleTimeuot is not an option; did you mean 'idleTimeout'?",
                        "UNDERTONE_LISTEN_PROT is not an option; did you mean UNDERTONE_LISTEN_PORT?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            listen: {port: 8080}~management: {port: 8080} | management.port: 8080 is the port of 'listen' too
            routes: [{path: /, upstream: http://a}, {path: /, upstream: http://b}] | routes: two entries have the path "/"
            keywords: [{id: a, text: b}, {id: a, text: c}] | keywords: two entries have the id "a"
            probe: {url: http://me:pw@is/} | probe.url: has a user name or a password in it
            routes: [{path: /, upstream: "ftp://gms"}] | routes[0].upstream: "ftp://gms" has the scheme ftp, not http or https; write http://HOST:PORT
            keywords: [{text: "a(b", match: regex}] | keywords[0].text: "a(b" is no pattern in RE2 syntax (missing closing ))
            routes: [{path: /}] | routes[0].upstream: is missing; write http://HOST:PORT, or a list of them
            routes: [{path: /, upstream: http://a, maxRequestBody: 64}] | routes[0].maxRequestBody: "64" is not a size; write a number and its unit, such as 500KB, 64MB or 2GB
            routes: [{path: /, upstream: http://a, preserveHost: maybe}] | routes[0].preserveHost: "maybe" is none of true, false
            routes: [{path: /, upstream: http://a, cors: {maxAge: 1m}}] | routes[0].cors.allowedOrigins: is missing; write the origins
            routes: [{path: /, upstream: http://a, cors: {allowedOrigins: shop.example}}] | routes[0].cors.allowedOrigins: "shop.example" is not an origin; write scheme and host
            routes: [{path: /, upstream: http://a, cors: {allowedOrigins: ["*", "https://a"]}}] | routes[0].cors.allowedOrigins: has * and others; keep * alone, or leave it out
            routes: [{path: /, upstream: http://a, cors: {allowedOrigins: "*", allowCredentials: true}}] | routes[0].cors.allowCredentials: any origin may not bring cookies; name the origins
            listen: {trustedProxies: [proxy.local]} | listen.trustedProxies[0]: "proxy.local" is neither an address nor a range of them; write them as 10.1.2.3, 10.0.0.0/8 or fd00::/8
            listen: {trustedProxies: 10.0.0.1/8} | listen.trustedProxies: "10.0.0.1/8" is neither an address nor a range of them
            listen: {requestRate: 20} | listen.requestRate: "20" is not a rate; write how many in a second or a minute, such as 20/s or 600/m
            management: {probeRate: 0/s} | management.probeRate: "0/s" is not a rate
            probe: {transport: smtp}  | probe.transport: "smtp" is none of http, template, psdk, reported
            probe: {ha: hot}  | probe.ha: "hot" is none of none, warm-standby, n+1
            probe: {ceiling: 151s}  | probe.ceiling: "151s" is longer than an outage is waited out; write 150s or less
            probe: {ceiling: 60s, attempts: 3}  | probe.ceiling: stands beside 'attempts', which says the same; keep one of the two
            probe: {ceiling: 5s}  | probe.ceiling: holds 0 intervals of 10000 ms; write one that holds 1 to 99
            probe: {ceiling: 150s, interval: 1s}  | probe.ceiling: holds 150 intervals of 1000 ms; write one that holds 1 to 99
            probe: {faults: {"100": dead}}  | probe.faults.100: "dead" is none of gone, alive, unknown
            probe: {budget: 0}  | probe.budget: "0" is not a whole number from 1 to 1000000
            probe: {shadow: yes please}  | probe.shadow: "yes please" is none of true, false
            probe: {skip: {async: 1}}  | probe.skip.async: "1" is none of true, false
            probe: {skip: {keys: {medium: M}}}  | probe.skip.keys.medium is not an option; did you mean 'media'?
            listen: {tls: {}} | listen.tls: needs either a keyStore (PKCS#12), or a certificate and a key (PEM)
            listen: {tls: {certificate: a}} | listen.tls: needs either a keyStore (PKCS#12), or a certificate and a key (PEM)
            listen: {tls: {keyStore: a, key: b}} | listen.tls: needs either a keyStore (PKCS#12), or a certificate and a key (PEM)
            listen: {tls: {keyStore: a, password: b, passwordFile: c}} | listen.tls: has a password and a passwordFile; keep one
            management: {tls: {certificate: a, key: b, password: c}} | management.tls: has a password but no keyStore that it opens; a key in PEM has none
            listen: {limits: {headerBytes: 10}} | listen.limits.headerBytes: "10" is not a whole number from 1024 to 1048576
            listen: {limits: {connections: 0}} | listen.limits.connections: "0" is not a whole number from 1 to 1000000
            listen: {limits: {conections: 1}} | listen.limits.conections is not an option; did you mean 'connections'?
            drain: {delay: soon} | drain.delay: "soon" is not a duration; write a number and its unit, such as 500ms, 10s or 2m
            routes: [{path: /, upstream: "https://a", http2: h2c}] | routes[0].http2: "h2c" is none of auto, always, never
            routes: [{path: /, upstream: "https://a", tls: {trust: a, verify: false}}] | routes[0].tls.trust: trusts nobody where 'verify' is false; keep one
            routes: [{path: /, upstream: "https://a", tls: {password: a}}] | routes[0].tls.password: opens no 'trust'; name its file
            routes: [{path: /, upstream: "https://a", http2: never}, {path: /b, upstream: "https://A/b"}] | routes: those to a differ in 'http2' or 'tls'; write the same for each
            - a list | the file has to be a mapping
            """)
    void whatCannotStandTogetherIsRefused(String yaml, String error) {
        assertThat(errorsOf(yaml.replace("~", "\n"), Map.of()))
                .singleElement()
                .asString()
                .startsWith(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            KEYWORDS_0_TEXT=a KEYWORDS_2_TEXT=c KEYWORDS_2_ID=c      | UNDERTONE_KEYWORDS_2_ID: index 1 is missing before it; number the entries of 'keywords' without a gap
            KEYWORDS_1_TEXT=a                                        | UNDERTONE_KEYWORDS_1_TEXT: index 0 is missing before it; number the entries of 'keywords' without a gap
            KEYWORDS_0_TEXT=a KEYWORDS_0_FROM=Bot                    | UNDERTONE_KEYWORDS_0_FROM: "Bot" is none of Client, Agent, Supervisor, External, System, Unknown, any
            KEYWORDS_0_TEXT=a KEYWORDS_0_FROM_0=Bot                  | UNDERTONE_KEYWORDS_0_FROM_0: "Bot" is none of Client, Agent, Supervisor, External, System, Unknown, any
            KEYWORDS_0_TEXT=a KEYWORDS_0_FROM_1=Agent                | UNDERTONE_KEYWORDS_0_FROM_1: index 0 is missing before it; number the entries of 'keywords[0].from' without a gap
            ROUTES_0_PATH=/ ROUTES_0_UPSTREAM=gms                    | UNDERTONE_ROUTES_0_UPSTREAM: "gms" is not a URL; write http://HOST:PORT
            """)
    void anErrorOfTheEnvironmentNamesTheVariable(String written, String error) {
        Map<String, String> variables = Stream.of(written.split(" "))
                .map(variable -> variable.split("="))
                .collect(Collectors.toMap(variable -> "UNDERTONE_" + variable[0], variable -> variable[1]));

        assertThat(errorsOf("", variables)).containsExactly(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            listen: {port: 1}~listen: {port: 2} | line 2, column 7: this is not YAML (Duplicate Object property "listen")
            listen: {port: 1                    | line 1, column 17: this is not YAML (while parsing a flow mapping)
            listen:~~port: [                    | line 3
            """)
    void aSlipOfYamlIsNamedWithItsLine(String yaml, String where) {
        assertThat(errorsOf(yaml.replace("~", "\n") + "\n", Map.of()))
                .singleElement()
                .asString()
                .startsWith(where);
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path directory) {
        Path missing = directory.resolve("undertone.yaml");

        ConfigException error = catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(missing, Map.of()));

        assertThat(error.errors()).containsExactly(missing + " does not exist; name a file that does");
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

    private static List<String> errorsOf(String yaml, Map<String, String> variables) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigReader.parse(yaml, variables))
                .errors();
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

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "s3cret\nand more\n"})
    void aFileThatIsNotOnePasswordIsRefusedWithoutSayingWhatIsInIt(String content, @TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("password"), content);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigReader.parse("store: {passwordFile: '" + file + "'}", Map.of()))
                .withMessageContaining("store.passwordFile: \"" + file + "\" is a file of")
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {url: 'jdbc:mysql://db/u?password=s3cret'}            | store.url: is no JDBC URL of H2 or PostgreSQL
            {url: 'jdbc:postgresql://db:s3cret/u'}                | store.url: is no JDBC URL of H2 or PostgreSQL
            {passwordFile: /no/such/file}                         | store.passwordFile: "/no/such/file" cannot be read; name a file that can
            {password: s3cret, passwordFile: /no/such/file}       | store.passwordFile: stands beside 'password'; keep one of the two
            {user: ''}                                            | store.user: is empty; write a value or leave the key out
            """)
    void whatIsWrongWithTheStoreIsSaidWithoutItsSecrets(String store, String error) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigReader.parse("store: " + store, Map.of()))
                .withMessageContaining(error)
                .withMessageNotContaining("s3cret");
    }
}
