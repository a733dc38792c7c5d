package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ProbeConfig;
import io.undertone.webapp.config.TransportConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PsdkTransportTest {
    private static final ProbeText TEXT = interactionId -> "#p# token";

    @TempDir
    private static Path directory;

    private static Path jars = Path.of("");

    @BeforeAll
    static void compile() throws Exception {
        jars = PsdkStandIn.jar(directory, name -> true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            accepts | Accepted[]
            accepts-with-fault | Failed[why=message 501 is no answer to an ESP request]
            gone | Fault[faultCode=100, faultString=interaction with specified id was not found]
            bare | Failed[why=message 502 is no answer to an ESP request]
            no-server | NoServer[faultCode=1, faultString=]
            refuses | Failed[why=EventError with code '7']
            silent | TimedOut[]
            other | Failed[why=message 125 is no answer to an ESP request]
            closed | Failed[why=ProtocolException]
            """)
    void whatTheSdkBringsBackIsRead(String host, String outcome) {
        try (PsdkTransport transport = transport("endpoint: '" + host + ":1'", "10s")) {
            assertThat(send(transport, "ChatServer_A").toString()).isEqualTo(outcome);
        }
    }

    @Test
    void aProbeIsAddressedToTheServerByName() {
        try (PsdkTransport transport =
                transport("endpoint: 'echo:4420', clientName: me, interactionIdKey: Ixn", "10s")) {
            assertThat(send(transport, "A"))
                    .isEqualTo(
                            new EspOutcome.Fault(
                                    "7",
                                    "me@4420 {AppName=A, AppType=ChatServer, Service=Chat, Method=Message, Version=1.0,"
                                            + " Parameters={Visibility=VIP, Nickname=undertone, MessageText=#p# token}} of {Ixn=ixn}"));
        }
    }

    @Test
    void theConnectionIsTlsWhereItShouldBe() {
        try (PsdkTransport transport = transport("endpoint: 'echo:4420', tls: true", "10s")) {
            assertThat(send(transport, "A").faultString()).startsWith("undertone@4420 tls {");
        }
    }

    @Test
    void theNextEndpointIsTakenWhenOneCannotBeReached() {
        try (PsdkTransport transport = transport("endpoint: ['closed:1', 'accepts:2']", "10s")) {
            assertThat(send(transport, "A")).isEqualTo(new EspOutcome.Accepted());
        }
    }

    @Test
    void aLostConnectionIsOpenedAgain() {
        try (PsdkTransport transport = transport("endpoint: 'loses:1'", "10s")) {
            assertThat(send(transport, "A")).isEqualTo(new EspOutcome.Failed("ProtocolException"));
            assertThat(send(transport, "A")).isEqualTo(new EspOutcome.Accepted());
        }
    }

    @Test
    void aCallThatNeverEndsTimesOutAndHoldsUpNobodyElse() {
        try (PsdkTransport transport = transport("endpoint: 'stuck:1'", "50ms")) {
            for (int probe = 0; probe < 20; probe++) {
                assertThat(send(transport, "A")).isEqualTo(new EspOutcome.TimedOut());
            }
        }
    }

    @Test
    void otherNumbersCanBeConfigured() {
        try (PsdkTransport transport = transport("endpoint: 'gone:1', responseId: 502, faultId: 503", "10s")) {
            assertThat(send(transport, "A")).isInstanceOf(EspOutcome.Failed.class);
        }
    }

    @Test
    void theSdkSeesNothingOfOurs() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName(
                        "com.genesyslab.platform.commons.protocol.Message",
                        false,
                        getClass().getClassLoader()));
        try (PsdkJars classes = new PsdkJars(jars)) {
            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> classes.type(PsdkTransport.class.getName()));
        } catch (IOException unclosed) {
            throw new UncheckedIOException(unclosed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commons.collections.KeyValueCollection",
                "commons.protocol.Endpoint",
                "openmedia.protocol.ExternalServiceProtocol",
                "openmedia.protocol.externalservice.event.Event3rdServerFault"
            })
    void aClassThatIsMissingIsNamedAtTheStart(String missing, @TempDir Path other) throws Exception {
        String path = "com/genesyslab/platform/" + missing.replace('.', '/') + ".class";
        Path incomplete = PsdkStandIn.jar(other, name -> !name.equals(path));

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new PsdkLibrary(incomplete))
                .withMessageStartingWith("probe.psdk.jars: the jars in " + incomplete)
                .withMessageContaining("com.genesyslab.platform." + missing)
                .withMessageContaining("put the jars of the vendor's Platform SDK for Java there");
    }

    @Test
    void anEmptyDirectoryIsRefused(@TempDir Path empty) throws Exception {
        Files.writeString(empty.resolve("README"), "jars go here");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new PsdkLibrary(empty))
                .withMessageContaining(" holds no jar; put those of the vendor's Platform SDK for Java there");
    }

    @Test
    void theJarsAreCheckedAsAtTheStart(@TempDir Path other) throws Exception {
        String channelState = "com/genesyslab/platform/commons/protocol/ChannelState.class";
        Path incomplete = PsdkStandIn.jar(other, name -> !name.equals(channelState));

        assertThatCode(() -> Prober.checkFiles(config(jars, "endpoint: 'closed:1', tls: true", "1s")))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Prober.checkFiles(config(incomplete, "endpoint: 'closed:1'", "1s")))
                .withMessageStartingWith("probe.psdk.jars: the jars in " + incomplete)
                .withMessageContaining("commons.protocol.ChannelState");
    }

    private static PsdkTransport transport(String psdk, String timeout) {
        ProbeConfig config = config(jars, psdk, timeout);
        return new PsdkTransport((TransportConfig.Psdk) Objects.requireNonNull(config.transport()), config, TEXT);
    }

    private static ProbeConfig config(Path jars, String psdk, String timeout) {
        return ConfigReader.parse(
                        "probe: {transport: psdk, visibility: VIP, timeout: %s, psdk: {jars: '%s', %s}}"
                                .formatted(timeout, jars, psdk),
                        Map.of())
                .probe();
    }

    private static EspOutcome send(PsdkTransport transport, String server) {
        return transport
                .send("ixn", new Interaction(server, null, true))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
