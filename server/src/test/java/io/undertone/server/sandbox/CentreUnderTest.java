package io.undertone.server.sandbox;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.proxy.ProxyServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import tools.jackson.databind.JsonNode;

/**
 * A sandbox with its page and switches mounted, and a plain proxy between page and GMS. Its clock stands at
 * {@link #NOW}.
 */
final class CentreUnderTest implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
    static final String SERVICE = "/genesys/2/chat/customer-support";

    /** Short, so that a test sees several. */
    private static final Duration CONNECT_HOLD = Duration.ofMillis(300);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Sandbox sandbox;
    private final Server shop = new Server();
    private final ServerConnector shopConnector = new ServerConnector(shop, 1, 1);
    private final HttpClient http = HttpClient.newHttpClient();

    CentreUnderTest(AgentPace agentPace) throws Exception {
        this(agentPace, CONNECT_HOLD);
    }

    CentreUnderTest(AgentPace agentPace, Duration connectHold) throws Exception {
        sandbox = Sandbox.start(SandboxSettings.DEFAULT
                .withAgentPace(agentPace)
                .withClock(Clock.fixed(NOW, ZoneOffset.UTC))
                .withConnectHold(connectHold));
        shopConnector.setHost("127.0.0.1");
        shop.addConnector(shopConnector);
        ServletContextHandler context = new ServletContextHandler("/");
        mount(context, sandbox.chatPage(), "/");
        mount(context, sandbox.switches(), "/sandbox/*");
        ServletHolder proxy = new ServletHolder(new ProxyServlet.Transparent());
        proxy.setInitParameter("proxyTo", sandbox.gms().toString());
        context.addServlet(proxy, "/genesys/*");
        shop.setHandler(context);
        shop.start();
    }

    private static void mount(ServletContextHandler context, HttpServlet servlet, String mapping) {
        context.addServlet(new ServletHolder(servlet), mapping);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Where the page and the switches are. */
    URI shop() {
        return URI.create("http://127.0.0.1:" + shopConnector.getLocalPort());
    }

    /** Requests a chat as Ann, and takes her seat. */
    CustomerCalls ann(String... moreFields) throws Exception {
        List<String> fields = new ArrayList<>(List.of("nickname", "Ann"));
        fields.addAll(List.of(moreFields));
        JsonNode reply = json(postForm(sandbox.gms().resolve(SERVICE), fields.toArray(String[]::new)));
        return new CustomerCalls(this, sandbox.gms(), reply);
    }

    HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri));
    }

    HttpResponse<byte[]> postForm(URI uri, String... fields) throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
        }
        return post(uri, "application/x-www-form-urlencoded", form.toString());
    }

    HttpResponse<byte[]> post(URI uri, String contentType, String body) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    /** Turns a switch: {@code crash} or {@code restart}. */
    JsonNode turn(String chatServer, String verb) throws Exception {
        return json(postForm(shop().resolve("/sandbox/chat-servers/" + chatServer + "/" + verb)));
    }

    JsonNode state() throws Exception {
        return json(get(shop().resolve("/sandbox")));
    }

    JsonNode interaction(String id) throws Exception {
        return json(get(URI.create(sandbox.interactionUrl().replace("{InteractionId}", id))));
    }

    /** Posts an ESP request for the interaction; the parameters are JSON members. */
    JsonNode esp(String appName, String method, String interactionId, String parameters) throws Exception {
        String envelope = """
                {"AppName":"%s","AppType":"ChatServer","Service":"Chat","Method":"%s","Version":"1.0",
                 "Parameters":{%s},"UserData":{"InteractionId":"%s"}}""".formatted(appName, method, parameters, interactionId);
        return json(post(sandbox.esp(), "application/json", envelope));
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        return Json.MAPPER.readTree(response.body());
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        shop.stop();
        sandbox.close();
    }
}
