package io.undertone.webapp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.undertone.filters.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said all at once, with its place, and with no secret in it. */
class ConfigErrorsTest {
    private static List<String> errorsOf(String yaml, Map<String, String> variables) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigReader.parse(yaml, variables))
                .errors();
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
                        "keywords[0].text: is empty; write a text, in quotes where it has a #, such as \"#undertone#\":"
                                + " else a # begins a comment",
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
            listen: {port: 1                    | line 1, column 9: this is not YAML (while parsing a flow mapping: expected ',' or '}', but got <stream end>); mend it there
            a:~~- {text: #x, visibility: VIP}~b: 2 | line 3, column 3: this is not YAML (while parsing a flow mapping: expected ',' or '}', but got :); mend it there. In line 3 a # begins a comment: write the text in quotes
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
