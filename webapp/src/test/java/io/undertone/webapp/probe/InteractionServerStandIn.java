package io.undertone.webapp.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ProbeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An interaction server on a real socket that does as it is told: it answers ESP requests and look-ups by script, one
 * step for each request, the last step over and over. It can lie, stall and hang up.
 */
final class InteractionServerStandIn implements AutoCloseable {
    static final String ACCEPTED = "{\"message\":\"ExternalServiceResponse\",\"messageId\":501}";
    static final String NOT_FOUND = fault("\"100\"", "interaction with specified id was not found");
    static final String NO_SERVER =
            "{\"message\":\"EventError\",\"messageId\":52,\"AttributeErrorCode\":1,\"AttributeErrorMessage\":\"Not found by type\"}";

    /** One step of a script. */
    interface Step {
        void reply(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> espRequests = new CopyOnWriteArrayList<>();
    private final List<String> lookups = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Function<String, Step> espAnswer = request -> json(ACCEPTED);
    private List<Step> lookupScript = List.of(json("{}"));

    InteractionServerStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/esp", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            espRequests.add(request);
            reply(exchange, espAnswer.apply(request));
        });
        server.createContext("/interactions/", exchange -> {
            lookups.add(exchange.getRequestURI().getRawPath());
            reply(exchange, step(lookupScript, lookups.size()));
        });
        server.setExecutor(threads);
        server.start();
    }

    void answersProbesWith(Step... steps) {
        List<Step> script = List.of(steps);
        espAnswer = request -> step(script, espRequests.size());
    }

    /** Answers each probe by what is in it, such as a server's name or an interaction's id. */
    void answersEachProbe(Function<String, Step> answer) {
        espAnswer = answer;
    }

    void answersLookupsWith(Step... steps) {
        lookupScript = List.of(steps);
    }

    /** The bodies of the ESP requests received. */
    List<String> espRequests() {
        return espRequests;
    }

    /** The paths of the look-ups received, as they were on the wire. */
    List<String> lookups() {
        return lookups;
    }

    /** A configuration that sends probes here, three attempts ten seconds apart. */
    ProbeConfig config() {
        return config("Message", 3, Duration.ofSeconds(5), null);
    }

    /** The same, and each interaction is looked up here. */
    ProbeConfig configWithLookup() {
        return config("Message", 3, Duration.ofSeconds(5), url("/interactions/") + "{InteractionId}");
    }

    ProbeConfig config(String method, int attempts, Duration timeout, @Nullable String interactionUrl) {
        return config("method: %s, visibility: VIP, attempts: %d, timeout: %dms"
                        .formatted(method, attempts, timeout.toMillis())
                + (interactionUrl == null ? "" : ", interactionUrl: '" + interactionUrl + "'"));
    }

    /** The options of a {@code probe} section beside its address, as they are written in a file. */
    ProbeConfig config(String options) {
        return ConfigReader.parse("probe: {url: '%s', %s}".formatted(url("/esp"), options), Map.of())
                .probe();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    static Step json(String body) {
        return status(200, body);
    }

    static Step status(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Step redirectTo(URI target) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", target.toString());
            exchange.sendResponseHeaders(307, -1);
        };
    }

    /** Says nothing until the stand-in is closed. */
    Step silence() {
        return exchange -> closing.await();
    }

    /** Sends the head and half a body, and then nothing until the stand-in is closed. */
    Step stall() {
        return exchange -> {
            exchange.sendResponseHeaders(200, ACCEPTED.length());
            exchange.getResponseBody().write(ACCEPTED.substring(0, 20).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            closing.await();
        };
    }

    static Step hangUp() {
        return HttpExchange::close;
    }

    /** Sends one megabyte of white space before an answer that would be good. */
    static Step flood() {
        return json(" ".repeat(1 << 20) + ACCEPTED);
    }

    static String fault(String code, String text) {
        return """
                {"message":"ExternalServiceFault","messageId":502,"Envelope":{"Service":"Chat","Method":"Message",\
                "Parameters":{"FaultCode":%s,"FaultString":"%s"}}}""".formatted(code, text);
    }

    static Step userData(String chatServerAppName, String isOnline) {
        return json("{\"ChatServerAppName\":\"%s\",\"IsOnline\":\"%s\",\"Subject\":\"tea\"}"
                .formatted(chatServerAppName, isOnline));
    }

    private static Step step(List<Step> script, int number) {
        return script.get(Math.min(number, script.size()) - 1);
    }

    private static void reply(HttpExchange exchange, Step step) throws IOException {
        try (exchange) {
            step.reply(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
