package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.Container;
import io.undertone.webapp.config.DialectCatalogue;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.StoreConfig;
import io.undertone.webapp.store.Postgres;
import io.undertone.webapp.store.Store;
import io.undertone.webapp.store.StoredSessions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several nodes with one PostgreSQL, before several upstreams. */
@Timeout(120)
class SharedSessionsTest extends ChatProxyTest {
    private static final ClientAddresses LOOPBACK_TRUSTED = new ClientAddresses(List.of("127.0.0.0/8", "::1"));
    private static final String BEGIN = "/2/chat/sales";

    private final List<URI> upstreams = new ArrayList<>();

    private int startNode(StoreConfig config) throws Exception {
        Store store = stopLater(Store.open(config, meters));
        RouteTable routes = new RouteTable(
                List.of(RouteConfig.of("/", upstreams.toArray(URI[]::new))),
                DialectCatalogue.BUILT_IN,
                LOOPBACK_TRUSTED,
                System::nanoTime,
                meters);
        routes.shareSessions(new StoredSessions(store));
        await().atMost(Duration.ofSeconds(30)).until(store::isUp);
        return startProxy(Container.JETTY, routes, LOOPBACK_TRUSTED, Duration.ofSeconds(20))
                .port();
    }

    private String ask(int port, int client, String path, String cookie) {
        HttpRequest request = request(port, path)
                .header("X-Forwarded-For", "192.0.2." + client)
                .header("Cookie", cookie)
                .build();
        return this.client
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body)
                .join();
    }

    @Test
    void aSessionThatOneNodeSawBeginStaysWithItsUpstreamOnAllNodes() throws Exception {
        StoreConfig database = stopLater(Postgres.start()).database("undertone");
        for (int number = 0; number < 3; number++) {
            String name = String.valueOf(number);
            upstreams.add(startUpstream((request, response) -> {
                if (request.getRequestURI().equals(BEGIN)) {
                    response.addHeader("Set-Cookie", "BAYEUX_BROWSER=secret" + name + "; Path=/");
                    response.setContentType("application/json");
                    response.getOutputStream().write(("{\"chatId\":\"chat-" + name + "\"}").getBytes(UTF_8));
                } else {
                    response.getOutputStream().write(name.getBytes(UTF_8));
                }
            }));
        }
        int first = startNode(database);
        int second = startNode(database);

        String owner = ask(first, 1, BEGIN, "").replaceAll("\\D", "");

        // Every other client's address would lead elsewhere.
        await().untilAsserted(() -> assertThat(answersTo(second, "/2/chat/sales/chat-" + owner + "/refresh", ""))
                .containsOnly(owner));
        await().untilAsserted(() -> assertThat(answersTo(second, "/cometd", "BAYEUX_BROWSER=secret" + owner))
                .containsOnly(owner));
        int later = startNode(database);
        await().untilAsserted(() -> assertThat(answersTo(later, "/2/chat/sales/chat-" + owner + "/refresh", ""))
                .as("a node that started later")
                .containsOnly(owner));
    }

    private List<String> answersTo(int node, String path, String cookie) {
        List<String> answers = new ArrayList<>();
        for (int number = 2; number < 12; number++) {
            answers.add(ask(node, number, path, cookie));
        }
        return answers;
    }
}
