package io.undertone.webapp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever typed a variable that nothing reads is told; what a cluster sets is left alone. */
class UnknownVariablesTest {
    /** What Kubernetes sets for a service, all of it. */
    private static Map<String, String> linksOf(String service) {
        return Map.of(
                service + "_SERVICE_HOST", "10.96.0.7",
                service + "_SERVICE_PORT", "8080",
                service + "_SERVICE_PORT_HTTP_ALT", "8080",
                service + "_PORT", "tcp://10.96.0.7:8080",
                service + "_PORT_8080_TCP", "tcp://10.96.0.7:8080",
                service + "_PORT_8080_TCP_PROTO", "tcp",
                service + "_PORT_8080_TCP_PORT", "8080",
                service + "_PORT_8080_TCP_ADDR", "10.96.0.7");
    }

    private static List<String> unknown(Map<String, String> variables) {
        return ConfigReader.unknownVariables(null, variables);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UNDERTONE_PROBER_ADDRESS | mend its name, or leave it out
            UNDERTONE_PORT           | mend its name, or leave it out
            UNDERTONE_KEYWORDS       | mend its name, or leave it out
            UNDERTONE_KEYWORD_0_TEXT | did you mean UNDERTONE_KEYWORDS_0_TEXT?
            UNDERTONE_ROUTE_0_PATH   | did you mean UNDERTONE_ROUTES_0_PATH?
            UNDERTONE_PROBE_FAULTS_7 | write the key into 'probe.faults' of the file, with its value
            """)
    void itIsToldWithWhatToDo(String variable, String mend) {
        assertThat(unknown(Map.of(variable, "7")))
                .containsExactly(variable + " is not an option, and changes nothing; " + mend);
    }

    @ParameterizedTest
    @CsvSource({
        "UNDERTONE_PROB_URL, UNDERTONE_PROBE_URL",
        "UNDERTONE_CONFG, UNDERTONE_CONFIG",
        "UNDERTONE_KEYWORDS_0_TXET, UNDERTONE_KEYWORDS_0_TEXT",
        "UNDERTONE_KEYWORD_1_TEXT, UNDERTONE_KEYWORDS_1_TEXT"
    })
    void aSlipOfAnOptionsNameIsAnError(String variable, String option) {
        Map<String, String> variables = Map.of("UNDERTONE_KEYWORDS_0_TEXT", "#quiet#", variable, "http://is/");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigReader.parse("", variables))
                .withMessage(variable + " is not an option; did you mean " + option + "?");
    }

    @Test
    void whatIsReadIsNotTold(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("undertone.yaml"), "probe: {url: 'http://is/', faults: {'7': gone}}");

        assertThat(ConfigReader.unknownVariables(
                        file,
                        Map.of(
                                "UNDERTONE_CONFIG", file.toString(),
                                "UNDERTONE_ROUTES_0_PATH", "/",
                                "UNDERTONE_ROUTES_0_UPSTREAM_0", "http://gms",
                                "UNDERTONE_ROUTES_0_UPSTREAM_1", "http://gms2",
                                "UNDERTONE_ROUTES_0_CORS_ALLOWED_ORIGINS", "https://shop.example",
                                "UNDERTONE_LISTEN_TLS_KEY_STORE", "server.p12",
                                "UNDERTONE_KEYWORDS_0_TEXT", "#quiet#",
                                "UNDERTONE_KEYWORDS_0_FROM_0", "Agent",
                                "UNDERTONE_PROBE_FAULTS_7", "alive",
                                "UNDERTONE", "not ours")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNDERTONE", "UNDERTONE_MANAGEMENT", "UNDERTONE_LISTEN", "UNDERTONE_PROBE_PSDK"})
    void whatAClusterSaysOfAServiceIsNeitherToldNorRead(String service) {
        assertThat(unknown(linksOf(service))).isEmpty();
        assertThat(ConfigReader.parse("", linksOf(service))).isEqualTo(ConfigReader.parse("", Map.of()));
    }

    @Test
    void aPortThatSomebodyTypedWinsOverTheServiceOfThatName() {
        Map<String, String> variables = new HashMap<>(linksOf("UNDERTONE_MANAGEMENT"));
        variables.put("UNDERTONE_MANAGEMENT_PORT", "9090");

        assertThat(ConfigReader.parse("", variables).management().port()).isEqualTo(9090);
    }

    @Test
    void anAddressWithoutAServiceIsNoPort() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigReader.parse("", Map.of("UNDERTONE_LISTEN_PORT", "tcp://0.0.0.0:80")))
                .withMessage("UNDERTONE_LISTEN_PORT: \"tcp://0.0.0.0:80\" is not a whole number from 0 to 65535");
    }
}
