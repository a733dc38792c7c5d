package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpTransportTest {
    private static final ProbeText TEXT = interactionId -> "hello " + interactionId;
    private static final HttpExchange NETWORK = new BoundedHttp(Duration.ofSeconds(5));
    private static final Interaction ON_A = new Interaction("ChatServer_A", null, true);

    private InteractionServerStandIn server;

    @BeforeEach
    void start() throws IOException {
        server = new InteractionServerStandIn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aProbeIsPostedAndItsReplyRead() {
        server.answersProbesWith(InteractionServerStandIn.json(InteractionServerStandIn.NOT_FOUND));

        assertThat(send(Duration.ofSeconds(10)))
                .isEqualTo(new EspOutcome.Fault("100", "interaction with specified id was not found"));
        assertThat(server.espRequests()).containsExactly("""
                        {"AppName":"ChatServer_A","AppType":"ChatServer","Service":"Chat","Method":"Message","Version":"1.0",\
                        "Parameters":{"Visibility":"VIP","Nickname":"undertone","MessageText":"hello 0006Ka9HFHRR0T2B"},\
                        "UserData":{"InteractionId":"0006Ka9HFHRR0T2B"}}""");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 400, 404, 500, 503})
    void anotherStatusProvesNothingWhateverTheBody(int status) {
        server.answersProbesWith(
                InteractionServerStandIn.status(status, status == 204 ? "" : InteractionServerStandIn.NOT_FOUND));

        assertThat(send(Duration.ofSeconds(10))).isEqualTo(new EspOutcome.Failed("HTTP status " + status));
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.answersProbesWith(
                InteractionServerStandIn.redirectTo(server.url("/esp")),
                InteractionServerStandIn.json(InteractionServerStandIn.NOT_FOUND));

        assertThat(send(Duration.ofSeconds(10))).isEqualTo(new EspOutcome.Failed("HTTP status 307"));
        assertThat(server.espRequests()).hasSize(1);
    }

    @Test
    void aReplyThatIsTooLongIsNotReadToItsEnd() {
        server.answersProbesWith(InteractionServerStandIn.flood());

        assertThat(send(Duration.ofSeconds(10))).isInstanceOf(EspOutcome.Failed.class);
    }

    @Test
    void aServerThatHangsUpProvesNothing() {
        server.answersProbesWith(InteractionServerStandIn.hangUp());

        assertThat(send(Duration.ofSeconds(10))).isInstanceOf(EspOutcome.Failed.class);
    }

    @Test
    void aSilentServerTimesOut() {
        server.answersProbesWith(server.silence());

        assertThat(send(Duration.ofMillis(200))).isEqualTo(new EspOutcome.TimedOut());
    }

    @Test
    void aBodyThatStallsTimesOutToo() {
        server.answersProbesWith(server.stall());

        assertThat(send(Duration.ofMillis(200))).isEqualTo(new EspOutcome.TimedOut());
    }

    @Test
    void aClosedPortProvesNothing() throws IOException {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }
        HttpTransport transport =
                new HttpTransport(URI.create("http://127.0.0.1:" + freePort + "/esp"), server.config(), TEXT, NETWORK);

        assertThat(await(transport.send("0006Ka9HFHRR0T2B", ON_A)))
                .isEqualTo(new EspOutcome.Failed("ConnectException"));
    }

    @Test
    void anAddressThatIsNoHttpUrlIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new HttpTransport(URI.create("ftp://example.org/esp"), server.config(), TEXT, NETWORK));
    }

    private EspOutcome send(Duration timeout) {
        HttpTransport transport = new HttpTransport(
                server.url("/esp"), server.config("Message", 3, timeout, null), TEXT, new BoundedHttp(timeout));
        return await(transport.send("0006Ka9HFHRR0T2B", ON_A));
    }

    private static EspOutcome await(CompletionStage<EspOutcome> outcome) {
        return outcome.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
