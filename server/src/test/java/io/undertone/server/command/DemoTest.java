package io.undertone.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.util.WebConnectionWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole of it: a customer on the page, the workflow that asks, and the switches of the chat servers. */
class DemoTest {
    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final WebClient browser = new WebClient();
    private final List<String> traffic = new CopyOnWriteArrayList<>();
    private RunningCommand demo;

    @BeforeEach
    void start() {
        demo = new RunningCommand(directory, "demo");
        browser.getOptions().setFetchPolyfillEnabled(true);
        browser.setWebConnection(new WebConnectionWrapper(browser) {
            @Override
            public WebResponse getResponse(WebRequest request) throws IOException {
                WebResponse response = super.getResponse(request);
                traffic.add(response.getContentAsString(UTF_8));
                return response;
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        browser.close();
        demo.close();
    }

    private HtmlPage chat() throws Exception {
        HtmlPage page = browser.getPage(demo.address("public").toURL());
        ((HtmlInput) page.getElementById("customer-name")).setValue("Ann");
        ((HtmlTextArea) page.getElementById("first-message")).setText("where are you?");
        page.getElementById("start-button").click();
        await().untilAsserted(() -> assertThat(log(page)).contains("Mill Lane"));
        return page;
    }

    /** What was said: the address of the shop stands elsewhere on the page, too. */
    private static String log(HtmlPage page) {
        return page.getElementById("chat-log").getTextContent();
    }

    private JsonNode management(String method, String path) throws Exception {
        URI address = demo.address("management").resolve(path);
        return JsonMapper.shared()
                .readTree(http.send(
                                HttpRequest.newBuilder(address)
                                        .header("Authorization", "Bearer " + demo.token())
                                        .method(method, BodyPublishers.noBody())
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }

    private JsonNode onlyInteraction() throws Exception {
        return management("GET", "/sandbox").path("interactions").get(0);
    }

    private String verdict(String id, String more) throws Exception {
        return management("GET", "/api/v1/probe?InteractionId=" + URLEncoder.encode(id, UTF_8) + more)
                .path("verdict")
                .asString();
    }

    @Test
    void aProbeIsNowhereOnThePageNorInItsTrafficNorReadAgain() throws Exception {
        HtmlPage page = chat();
        String id = onlyInteraction().path("id").asString();
        assertThat(verdict(id, "")).isEqualTo("alive");

        int polls = traffic.size();
        await().until(() -> traffic.size() > polls + 2);
        HtmlPage reloaded = (HtmlPage) page.refresh();
        await().untilAsserted(() -> assertThat(log(reloaded)).contains("Mill Lane"));

        assertThat(traffic).noneMatch(reply -> reply.toLowerCase(Locale.ROOT).contains("undertone"));
        assertThat(reloaded.asNormalizedText().toLowerCase(Locale.ROOT)).doesNotContain("undertone");
        assertThat(transcript(id)).contains("#undertone#").contains("userNick=\"undertone\"");
    }

    private String transcript(String id) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(demo.address("management").resolve("/sandbox/transcripts/" + id))
                                .header("Authorization", "Bearer " + demo.token())
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Test
    void theWorkflowLearnsWhatBecameOfTheChat() throws Exception {
        chat();
        String id = onlyInteraction().path("id").asString();
        String switches =
                "/sandbox/chat-servers/" + onlyInteraction().path("chatServer").asString();
        assertThat(verdict(id, "")).isEqualTo("alive");
        assertThat(verdict(id, "&IsOnline=0")).isEqualTo("offline");

        management("POST", switches + "/crash");
        assertThat(verdict(id, "")).isEqualTo("unreachable");

        management("POST", switches + "/restart");
        JsonNode gone = management("GET", "/api/v1/probe?InteractionId=" + id);
        assertThat(gone.path("verdict").asString()).isEqualTo("gone");
        assertThat(gone.path("route").asBoolean()).isFalse();
        assertThat(gone.path("fault_code").asString()).isEqualTo("100");
        assertThat(gone.path("attempt").asInt()).isEqualTo(3);
        assertThat(onlyInteraction().path("isOnline").asBoolean())
                .as("the interaction is still queued")
                .isTrue();

        assertThat(verdict("nobody-knows", "")).isEqualTo("unknown");
    }
}
