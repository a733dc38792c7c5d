package io.undertone.server.sandbox;

import static io.undertone.server.sandbox.CentreUnderTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.server.jetty.UndertoneServer;
import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Nothing but the workflow says which chat server has a chat, and it may be wrong, while the customer polls. */
class WrongServerTest {
    private static final AgentPace ASLEEP = new AgentPace(Duration.ofDays(1), Duration.ZERO, Duration.ZERO);
    private static final String RIGHT = "ChatServer_A";
    private static final String WRONG = "ChatServer_B";

    private final ScheduledExecutorService customer = Executors.newSingleThreadScheduledExecutor();
    private CentreUnderTest centre;
    private UndertoneServer undertone;
    private CustomerCalls ann;

    @BeforeEach
    void start() throws Exception {
        centre = new CentreUnderTest(ASLEEP);
        UndertoneConfig config = ConfigReader.parse(
                """
                listen: {host: 127.0.0.1, port: 0}
                management: {port: 0, token: t0ken}
                routes: [{path: /, upstream: "%s"}]
                probe: {url: "%s", attempts: 3, interval: 600ms}
                """.formatted(centre.sandbox().gms(), centre.sandbox().esp()),
                Map.of("UNDERTONE_STORE_URL", "jdbc:h2:mem:" + UUID.randomUUID()));
        undertone = UndertoneServer.start(
                config, new UndertoneApplication(config, ManagementToken.obtain(config.management())));
        ann = centre.ann().by(URI.create("http://127.0.0.1:" + undertone.publicPort()));
        assertThat(centre.interaction(ann.chatId()).path("ChatServerAppName").asString())
                .isEqualTo(RIGHT);
    }

    @AfterEach
    void stop() throws Exception {
        customer.shutdownNow();
        undertone.close();
        centre.close();
    }

    /** Returns when the customer was answered once. */
    private void poll() throws Exception {
        ann.perform("refresh", "transcriptPosition", "1");
        var unused = customer.scheduleWithFixedDelay(
                () -> {
                    try {
                        ann.perform("refresh", "transcriptPosition", "1");
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                0,
                100,
                TimeUnit.MILLISECONDS);
    }

    private JsonNode ask(String server) throws Exception {
        return json(centre.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/v1/probe?InteractionId=%s&ChatServerAppName=%s"
                                .formatted(undertone.managementPort(), ann.chatId(), server)))
                .header("Authorization", "Bearer t0ken")));
    }

    private static void assertAnswer(JsonNode answer, String verdict, String reason, boolean isRouted) {
        assertThat(answer.path("verdict").asString()).as(answer.toString()).isEqualTo(verdict);
        assertThat(answer.path("reason").asString()).isEqualTo(reason);
        assertThat(answer.path("route").asBoolean()).isEqualTo(isRouted);
    }

    @ParameterizedTest
    @CsvSource({"true, gone, interaction_not_found", "false, unreachable, no_chat_server"})
    void aLivingChatIsRoutedAsLongAsItsCustomerPolls(boolean isUp, String verdict, String reason) throws Exception {
        if (!isUp) {
            centre.turn(WRONG, "crash");
        }
        assertAnswer(ask(WRONG), verdict, reason, false);

        poll();
        assertAnswer(ask(WRONG), "unknown", "customer_answered", true);
        assertAnswer(ask(RIGHT), "alive", "accepted", true);
    }

    @Test
    void aDeadChatIsStoppedHoweverItsCustomerPolls() throws Exception {
        poll();
        assertAnswer(ask(RIGHT), "alive", "accepted", true);

        centre.turn(RIGHT, "crash");
        assertAnswer(ask(RIGHT), "unreachable", "no_chat_server", false);

        centre.turn(RIGHT, "restart");
        assertAnswer(ask(RIGHT), "gone", "interaction_not_found", false);
        JsonNode again = ask(RIGHT);
        assertAnswer(again, "gone", "interaction_not_found", false);
        assertThat(again.path("customer_last_poll_ms").asLong())
                .as("still there")
                .isLessThan(2_000);
    }
}
