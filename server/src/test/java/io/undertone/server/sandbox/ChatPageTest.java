package io.undertone.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The customer's chat page in a browser engine; a script error fails the test. */
class ChatPageTest {
    private final WebClient browser = new WebClient();
    private CentreUnderTest centre;

    @BeforeEach
    void start() throws Exception {
        centre = new CentreUnderTest(AgentPace.INSTANT);
        browser.getOptions().setFetchPolyfillEnabled(true);
    }

    @AfterEach
    void stop() throws Exception {
        browser.close();
        centre.close();
    }

    @Test
    void aCustomerChatsWithTheAgent() throws Exception {
        HtmlPage page = startChat("Ann", "");
        await().untilAsserted(() -> assertThat(log(page)).contains("Mara joined the chat", "Hello Ann"));

        say(page, "my brake <b>squeaks</b>");

        await().untilAsserted(() -> assertThat(log(page))
                .containsSubsequence("my brake <b>squeaks</b>", "That sounds like a job for the stand"));
        assertThat(page.getElementById("chat-status").getTextContent()).isEqualTo("Mara is here");
    }

    @Test
    void aReloadReadsTheChatAgainOnce() throws Exception {
        HtmlPage page = startChat("Ann", "where are you?");
        await().untilAsserted(() -> assertThat(log(page)).contains("Mill Lane"));

        HtmlPage reloaded = (HtmlPage) page.refresh();

        await().untilAsserted(() -> assertThat(log(reloaded))
                .containsSubsequence("Hello Ann", "Mill Lane")
                .containsOnlyOnce("where are you?"));
        assertThat(((HtmlInput) reloaded.getElementById("customer-name")).getValue())
                .isEqualTo("Ann");
    }

    @Test
    void aServerThatCannotBeReachedIsTriedAgainAndTheCustomerTold() throws Exception {
        HtmlPage page = startChat("Ann", "");
        await().untilAsserted(() -> assertThat(log(page)).contains("Hello Ann"));

        centre.sandbox().close();

        await().untilAsserted(
                        () -> assertThat(page.getElementById("chat-trouble").getTextContent())
                                .contains("trouble reaching our server"));
        assertThat(isShown(page, "chat-composer")).isTrue();
    }

    @Test
    void anEndedChatCanBeStartedAgain() throws Exception {
        HtmlPage page = startChat("Ann", "");
        await().untilAsserted(() -> assertThat(log(page)).contains("Hello Ann"));

        click(page, "chat-end");
        await().untilAsserted(() -> assertThat(isShown(page, "chat-over")).isTrue());
        assertThat(page.getElementById("chat-over-text").getTextContent()).startsWith("This chat has ended");
        assertThat(isShown(page, "chat-composer")).isFalse();

        click(page, "start-again");
        assertThat(isShown(page, "chat-start")).isTrue();
        click(page, "start-button");
        await().untilAsserted(() -> assertThat(log(page)).containsOnlyOnce("Hello Ann"));
    }

    @Test
    void aDraftStaysOutOfTheNextChat() throws Exception {
        HtmlPage page = startChat("Ann", "");
        await().untilAsserted(() -> assertThat(log(page)).contains("Hello Ann"));
        HtmlTextArea message = (HtmlTextArea) page.getElementById("message");
        message.type("never mi");

        click(page, "chat-end");
        await().untilAsserted(() -> assertThat(isShown(page, "chat-over")).isTrue());
        click(page, "start-again");
        click(page, "start-button");

        assertThat(message.getText()).isEmpty();
    }

    @Test
    void whatIsSentWithoutAChatIsHandedBack() throws Exception {
        HtmlPage page = browser.getPage(centre.shop().toURL());
        HtmlTextArea message = (HtmlTextArea) page.getElementById("message");
        message.setText("hello?");

        page.executeJavaScript("document.getElementById('chat-composer').dispatchEvent(new Event('submit'))");

        await().untilAsserted(
                        () -> assertThat(page.getElementById("chat-trouble").getTextContent())
                                .startsWith("Your message was not sent"));
        assertThat(message.getText()).isEqualTo("hello?");
        assertThat(page.getElementById("send-button").hasAttribute("disabled")).isFalse();
    }

    @Test
    void aCrashOfTheChatServerIsToldKindly() throws Exception {
        HtmlPage page = startChat("Ann", "");
        await().untilAsserted(() -> assertThat(log(page)).contains("Hello Ann"));

        centre.turn("ChatServer_A", "crash");

        await().untilAsserted(
                        () -> assertThat(page.getElementById("chat-over-text").getTextContent())
                                .startsWith("We are sorry"));
    }

    @Test
    void whenNoChatCanBeOpenedTheFormStaysAndSaysSo() throws Exception {
        centre.turn("ChatServer_A", "crash");
        centre.turn("ChatServer_B", "crash");

        HtmlPage page = startChat("Ann", "hello");

        await().untilAsserted(() -> assertThat(isShown(page, "start-error")).isTrue());
        assertThat(isShown(page, "chat-start")).isTrue();
        assertThat(((HtmlTextArea) page.getElementById("first-message")).getText())
                .isEqualTo("hello");
    }

    @Test
    void nothingOnThePageComesFromElsewhere() throws Exception {
        var response = centre.get(centre.shop());

        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'");
        assertThat(centre.get(centre.shop().resolve("/package-info.class")).statusCode())
                .isEqualTo(404);
    }

    private HtmlPage startChat(String name, String firstMessage) throws IOException {
        HtmlPage page = browser.getPage(centre.shop().toURL());
        ((HtmlInput) page.getElementById("customer-name")).type(name);
        ((HtmlTextArea) page.getElementById("first-message")).type(firstMessage);
        click(page, "start-button");
        return page;
    }

    private static void say(HtmlPage page, String text) throws IOException {
        ((HtmlTextArea) page.getElementById("message")).type(text);
        click(page, "send-button");
    }

    private static void click(HtmlPage page, String id) throws IOException {
        ((HtmlElement) page.getElementById(id)).click();
    }

    private static boolean isShown(HtmlPage page, String id) {
        DomElement element = page.getElementById(id);
        return !element.hasAttribute("hidden");
    }

    private static String log(HtmlPage page) {
        return page.getElementById("chat-log").getTextContent();
    }
}
