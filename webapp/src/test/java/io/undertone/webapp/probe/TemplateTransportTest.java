package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ProbeConfig;
import io.undertone.webapp.config.TransportConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a chat server on a real socket that has an API of its own. */
@Timeout(30)
class TemplateTransportTest {
    private static final String AWKWARD = "a/b&c\"d\\e f<{Text}>";
    private static final String OUTCOMES = """
            outcomes:
              - {status: [200, 201], outcome: accepted}
              - {status: 404, pointer: /error/code, equals: NO_SESSION, outcome: not-found}
              - {status: 404, contains: "was purged", outcome: not-found, faultCode: "7"}
              - {status: 503, pointer: /retry, outcome: no-server}
              - {status: 409, outcome: other}
            """;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer chat;
    private int status = 200;
    private String reply = "";

    @BeforeEach
    void start() throws IOException {
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", exchange -> {
            received.add("%s %s from %s: %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toASCIIString(),
                            exchange.getRequestHeaders().getFirst("X-From"),
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        chat.start();
    }

    @AfterEach
    void stop() {
        chat.stop(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            application/json  | '{"to":"{InteractionId}"}'  | {"to":"a/b&c\\"d\\\\e f<{Text}>"}
            application/vnd.x+json  | '{"to":"{InteractionId}"}'  | {"to":"a/b&c\\"d\\\\e f<{Text}>"}
            application/x-www-form-urlencoded  | 'to={InteractionId}'  | to=a%2Fb%26c%22d%5Ce+f%3C%7BText%7D%3E
            application/xml  | '<to id="{InteractionId}"/>'  | <to id="a/b&amp;c&quot;d\\e f&lt;{Text}&gt;"/>
            text/plain  | '{InteractionId}'  | a/b&c"d\\e f<{Text}>
            """)
    void aValueStaysOneValueWhereverItStands(String contentType, String body, String sent) {
        send(AWKWARD, """
                url: "%s/to/{InteractionId}/of/{ChatServerAppName}"
                headers: {Content-Type: %s, X-From: "{Nickname}, {Visibility}"}
                body: %s
                """.formatted(address(), contentType, body));

        assertThat(received)
                .containsExactly("POST /to/a%2Fb%26c%22d%5Ce%20f%3C%7BText%7D%3E/of/Chat%20A from undertone, VIP: "
                        + sent.strip());
    }

    @Test
    void allPlacesSayTheSameText() {
        send("ixn", """
                method: PATCH
                url: "%s/{InteractionId}?said={Text}"
                headers: {Content-Type: text/plain}
                body: "{Text}"
                """.formatted(address()));

        assertThat(received).containsExactly("PATCH /ixn?said=%23p%23%201 from null: #p# 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            200 | anything  | Accepted[]
            404 | {"error":{"code":"NO_SESSION"}}  | Fault[faultCode=100, faultString=HTTP status 404]
            404 | the session was purged  | Fault[faultCode=7, faultString=HTTP status 404]
            503 | {"retry":true}  | NoServer[faultCode=, faultString=HTTP status 503]
            409 | {"error":{"code":"NO_SESSION"}}  | Failed[why=HTTP status 409]
            404 | {"error":{"code":"NO_ROUTE"}}  | Failed[why=HTTP status 404, for which no row of probe.template.outcomes holds]
            404 | {"error":{"code":{"is":"NO_SESSION"}}}  | Failed[why=HTTP status 404, for which no row of probe.template.outcomes holds]
            404 | {"error":{"code":"NO_SESSION"}} {}  | Failed[why=HTTP status 404, for which no row of probe.template.outcomes holds]
            404 | {"error":{"code":"X","code":"NO_SESSION"}}  | Failed[why=HTTP status 404, for which no row of probe.template.outcomes holds]
            503 | {"retry":null}  | Failed[why=HTTP status 503, for which no row of probe.template.outcomes holds]
            500 | was purged  | Failed[why=HTTP status 500, for which no row of probe.template.outcomes holds]
            307 | NO_SESSION  | Failed[why=HTTP status 307, for which no row of probe.template.outcomes holds]
            """)
    void theFirstRowThatHoldsSaysWhatAReplyMeansAndNoneMeansNothing(int given, String body, String outcome) {
        status = given;
        reply = body;

        assertThat(send("ixn", "url: \"" + address() + "/{InteractionId}\"").toString())
                .isEqualTo(outcome);
    }

    @Test
    void theServersAddressIsThatOfTheUserData() {
        TransportConfig.Template template =
                template("url: \"http://{ChatServerHost}:{ChatServerPort}/{InteractionId}\"");
        Map<String, String> userData = Map.of(
                "ChatServerHost",
                "127.0.0.1",
                "ChatServerPort",
                "" + chat.getAddress().getPort());

        assertThat(template.userDataKeys()).containsExactlyInAnyOrder("ChatServerHost", "ChatServerPort");
        assertThat(await(template, "ixn", new Interaction(null, null, true, userData)))
                .isEqualTo(new EspOutcome.Accepted());
        assertThat(await(template, "ixn", new Interaction(null, null, true))).isInstanceOf(EspOutcome.Failed.class);
        assertThat(await(
                        template,
                        "ixn",
                        new Interaction(
                                null, null, true, Map.of("ChatServerHost", "127.0.0.1/x", "ChatServerPort", "1"))))
                .isInstanceOf(EspOutcome.Failed.class);
        assertThat(received).hasSize(1);
    }

    @Test
    void whatIsNotKnownIsNotSent() {
        TransportConfig.Template template = template("url: \"" + address() + "/{InteractionId}/{ChatServerAppName}\"");

        EspOutcome outcome = await(template, "ixn", new Interaction(null, null, true));

        assertThat(outcome).isEqualTo(new EspOutcome.Failed("probe.template cannot be filled for this interaction"));
        assertThat(received).isEmpty();
    }

    @Test
    void aValueThatDoesNotFitIntoAHeaderIsNotSent() {
        TransportConfig.Template template =
                template("url: \"" + address() + "\"\nheaders: {X-From: \"{InteractionId}\"}");

        EspOutcome outcome = await(template, "a\r\nX-Other: b", new Interaction(null, null, true));

        assertThat(outcome).isInstanceOf(EspOutcome.Failed.class);
        assertThat(received).isEmpty();
    }

    private String address() {
        return "http://127.0.0.1:" + chat.getAddress().getPort();
    }

    private EspOutcome send(String interactionId, String template) {
        return await(template(template), interactionId, new Interaction("Chat A", null, true));
    }

    private static TransportConfig.Template template(String yaml) {
        String indented = (yaml.strip() + "\n" + OUTCOMES).indent(4);
        ProbeConfig config = ConfigReader.parse(
                        "probe:\n  transport: template\n  visibility: VIP\n  template:\n" + indented, Map.of())
                .probe();
        return (TransportConfig.Template) Objects.requireNonNull(config.transport());
    }

    private static EspOutcome await(TransportConfig.Template template, String interactionId, Interaction interaction) {
        ProbeConfig config =
                ConfigReader.parse("probe: {visibility: VIP}", Map.of()).probe();
        int[] count = {0};
        ProbeText text = id -> "#p# " + ++count[0];
        return new TemplateTransport(template, config, text, new BoundedHttp(config.timeout()))
                .send(interactionId, interaction)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
