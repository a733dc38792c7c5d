package io.undertone.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTable;
import org.htmlunit.html.HtmlTableRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's page in a browser engine, with script and without, before real chats; a script error fails the test. */
class ProbePageTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final WebClient browser = new WebClient();
    private RunningCommand demo;
    private DemoCentre centre;

    @BeforeEach
    void start() {
        demo = new RunningCommand(directory, "demo");
        centre = new DemoCentre(demo, http);
        browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
    }

    @AfterEach
    void stop() throws Exception {
        browser.close();
        demo.close();
    }

    private URI address() {
        return demo.address("management").resolve("/probe");
    }

    private HtmlPage signIn(String token) throws Exception {
        HtmlPage page = browser.getPage(address().toURL());
        ((HtmlInput) page.getElementById("token")).setValue(token);
        return page.getElementById("sign-in").click();
    }

    private static HtmlPage ask(HtmlPage page, String id) throws Exception {
        ((HtmlInput) page.getElementById("interaction")).setValue(id);
        return page.getElementById("ask").click();
    }

    private static String text(HtmlPage page, String id) {
        DomElement element = page.getElementById(id);
        return element == null ? "" : element.asNormalizedText();
    }

    private static List<String> outcomes(HtmlPage page) {
        return ((HtmlTable) page.getElementById("attempts"))
                .getBodies().get(0).getRows().stream()
                        .map(HtmlTableRow::getCells)
                        .map(cells -> cells.get(1).asNormalizedText() + " "
                                + cells.get(2).asNormalizedText())
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOperatorSeesWhatBecameOfAChatAndWhy(boolean script) throws Exception {
        browser.getOptions().setJavaScriptEnabled(script);
        String id = centre.startChat();
        String server = centre.serverOf(id);

        HtmlPage alive = ask(signIn(demo.token()), id);
        assertThat(text(alive, "verdict")).isEqualTo("alive");
        assertThat(text(alive, "why")).isEqualTo("A chat server took the probe, so the session exists.");
        assertThat(outcomes(alive)).containsExactly(server + " the server took the probe");
        assertThat(text(alive, "known")).contains("Customer's browser").contains("was last seen");

        centre.lose(id);
        HtmlPage gone = ask(alive, id);
        assertThat(text(gone, "verdict")).isEqualTo("gone");
        assertThat(text(gone, "answer")).contains("do not route it");
        assertThat(outcomes(gone))
                .hasSize(3)
                .allMatch(outcome -> outcome.startsWith(server + " fault 100: interaction with specified id"));
        assertThat(((HtmlInput) gone.getElementById("interaction")).getValue()).isEqualTo(id);
    }

    @Test
    void theScriptSaysThatTheAnswerIsOnItsWay() throws Exception {
        HtmlPage page = signIn(demo.token());

        page.executeJavaScript("document.getElementById('question').dispatchEvent(new Event('submit'))");

        assertThat(text(page, "progress")).startsWith("Asking for 0 s.");
    }

    @Test
    void attemptsAppearOneByOneAndTheRestCanBeCancelled() throws Exception {
        String id = centre.startChat();
        centre.lose(id);
        String cookie = session();
        HttpResponse<Stream<String>> reply =
                http.send(form("InteractionId=" + id, "Origin", origin(), "Cookie", cookie), BodyHandlers.ofLines());
        StringBuilder page = new StringBuilder();
        Iterator<String> lines = reply.body().iterator();
        while (page.indexOf("fault 100") < 0) {
            page.append(lines.next()).append('\n');
        }
        assertThat(page).as("before the verdict").doesNotContain("id=\"verdict\"");

        Matcher button = Pattern.compile("name=\"cancel\" value=\"([\\w-]+)\"").matcher(page);
        assertThat(button.find()).isTrue();
        HttpResponse<String> cancelled =
                post("cancel=" + button.group(1) + "&InteractionId=" + id, "Origin", origin(), "Cookie", cookie);

        assertThat(cancelled.body()).contains("Cancelled: no more probes", "value=\"" + id + "\"");
        lines.forEachRemaining(line -> page.append(line).append('\n'));
        assertThat(page).contains("Cancelled: no more probes", "</html>").doesNotContain("id=\"verdict\"");
    }

    @Test
    void whereTheScriptRunsTheButtonToCancelGoesWithTheVerdict() throws Exception {
        HtmlPage page = ask(signIn(demo.token()), centre.startChat());

        assertThat(text(page, "verdict")).isEqualTo("alive");
        assertThat(page.getElementById("cancel")).isNull();
    }

    @Test
    void whoSignsOutIsAskedForTheTokenAgain() throws Exception {
        HtmlPage page = signIn(demo.token());
        String cookie = "undertone-session="
                + browser.getCookieManager().getCookie("undertone-session").getValue();

        HtmlPage out = page.getElementById("sign-out").click();

        assertThat(out.getElementById("token")).isNotNull();
        assertThat(browser.getCookieManager().getCookies()).isEmpty();
        assertThat(post("InteractionId=x&IsOnline=0", "Origin", origin(), "Cookie", cookie)
                        .statusCode())
                .as("the session itself is over")
                .isEqualTo(401);
    }

    @Test
    void whatSomebodyWroteIsTextAndNoMarkup() throws Exception {
        String evil = "\"><script>document.title='run'</script>{{server}}<b id='evil'>";

        HtmlPage page = ask(signIn(demo.token()), evil);

        assertThat(page.getTitleText()).isEqualTo("Undertone");
        assertThat(page.getElementById("evil")).isNull();
        assertThat(((HtmlInput) page.getElementById("interaction")).getValue()).isEqualTo(evil);
        assertThat(text(page, "verdict")).isEqualTo("unknown");
    }

    @Test
    void aMistakeIsNamedOnThePage() throws Exception {
        assertThat(ask(signIn(demo.token()), " ").asNormalizedText()).contains("InteractionId is missing or empty");
    }

    @Test
    void nobodyGetsInWithAnotherToken() throws Exception {
        HtmlPage page = signIn("wrong");

        assertThat(page.getWebResponse().getStatusCode()).isEqualTo(401);
        assertThat(page.asNormalizedText()).contains("This is not the token of this server");
        assertThat(page.getElementById("interaction")).isNull();
        assertThat(browser.getCookieManager().getCookies()).isEmpty();
    }

    @Test
    void aLinkMayNameTheChatAndSendsNothingIntoIt() throws Exception {
        String id = centre.startChat();
        signIn(demo.token());

        HtmlPage page = browser.getPage(address() + "?InteractionId=" + id);

        assertThat(((HtmlInput) page.getElementById("interaction")).getValue()).isEqualTo(id);
        assertThat(page.getElementById("answer")).isNull();
        assertThat(http.send(
                                HttpRequest.newBuilder(
                                                demo.address("management").resolve("/metrics"))
                                        .header("Authorization", "Bearer " + demo.token())
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .contains("undertone_probe_requests_total 0.0");
        assertThat(text(ask(page, centre.startChat()), "verdict"))
                .as("of another chat")
                .isEqualTo("alive");
    }

    @Test
    void theSessionIsForThePageAloneAndOutOfScriptsReach() throws Exception {
        HttpResponse<String> reply = post("token=" + demo.token(), "Origin", origin());

        assertThat(reply.statusCode()).isEqualTo(303);
        assertThat(reply.headers().firstValue("Location")).contains("/probe");
        assertThat(reply.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("undertone-session=[\\w-]{43}; Path=/probe; HttpOnly; SameSite=Strict")
                .doesNotContain(demo.token());
    }

    @ParameterizedTest
    @CsvSource({"Origin,http://localhost:1", "Origin,null", "Origin,:", "X-None,x"})
    void noOtherPageMayAskInTheOperatorsName(String header, String value) throws Exception {
        String cookie = session();

        assertThat(post("InteractionId=x&IsOnline=0", "Origin", origin(), "Cookie", cookie)
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("InteractionId=x&IsOnline=0", header, value, "Cookie", cookie)
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(
                                "InteractionId=x&IsOnline=0",
                                "Origin",
                                origin(),
                                "Sec-Fetch-Site",
                                "same-site",
                                "Cookie",
                                cookie)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theCookieOpensNothingElse() throws Exception {
        String cookie = session();

        assertThat(Stream.of("/metrics", "/api/v1/probe?InteractionId=x", "/probe/", "/probe/x", "/openapi.yaml"))
                .allSatisfy(path -> assertThat(http.send(
                                        HttpRequest.newBuilder(demo.address("management")
                                                        .resolve(path))
                                                .header("Cookie", cookie)
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(401));
    }

    private String session() throws Exception {
        return post("token=" + demo.token(), "Origin", origin())
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";", 2)[0];
    }

    private String origin() {
        return address().resolve("/").toString().replaceFirst("/$", "");
    }

    private HttpResponse<String> post(String form, String... headers) throws Exception {
        return http.send(form(form, headers), BodyHandlers.ofString());
    }

    private HttpRequest form(String form, String... headers) {
        return HttpRequest.newBuilder(address())
                .headers(headers)
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString(form))
                .build();
    }
}
