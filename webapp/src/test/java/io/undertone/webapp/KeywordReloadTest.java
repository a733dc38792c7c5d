package io.undertone.webapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordReloadTest extends ProxyTest {
    private final Map<String, String> environment = Map.of(
            "UNDERTONE_MANAGEMENT_TOKEN", "s3cret-token", "UNDERTONE_STORE_URL", "jdbc:h2:mem:" + UUID.randomUUID());
    private final CountDownLatch isAsked = new CountDownLatch(1);
    private final CountDownLatch isChanged = new CountDownLatch(1);

    @TempDir
    private Path directory;

    private Path file = Path.of("");
    private String routes = "";

    @BeforeEach
    void startChat() throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("text/event-stream");
            if (request.getRequestURI().endsWith("/poll")) {
                isAsked.countDown();
                isChanged.await();
            }
            for (String text : new String[] {"#old# a", "#new# b", "c"}) {
                response.getOutputStream().write(event(text).getBytes(UTF_8));
                response.flushBuffer();
                if (request.getRequestURI().endsWith("/held") && text.endsWith("b")) {
                    isChanged.await();
                    response.getOutputStream().write(event("#new# d").getBytes(UTF_8));
                }
            }
        });
        routes = "routes: [{path: /, upstream: '" + upstream + "', dialect: genesys-v2}]\n";
        file = directory.resolve("undertone.yaml");
    }

    private static String event(String text) {
        return "data: {\"messages\":[{\"from\":{\"type\":\"Agent\"},\"text\":\"" + text + "\"}]}\n\n";
    }

    private UndertoneApplication following(String yaml) throws IOException {
        Files.writeString(file, yaml);
        UndertoneConfig config = ConfigReader.read(file, environment);
        UndertoneApplication application =
                stopLater(new UndertoneApplication(config, ManagementToken.obtain(config.management())));
        application.follow(file, () -> ConfigReader.read(file, environment));
        return application;
    }

    /** What the events of a stream say, of those that say anything. */
    private String said(int port, String path) throws Exception {
        var reply = client.send(request(port, path).build(), BodyHandlers.ofLines());
        return said(reply.body().collect(Collectors.joining()));
    }

    private static String said(String events) {
        return events.replaceAll("data: \\{\"messages\":\\[\\]\\}", "")
                .replaceAll("data: .*?\"text\":\"(#\\w+# )?(\\w)\"\\}\\]\\}", "$2");
    }

    private static double reloads(UndertoneApplication application, String outcome) {
        return application
                .meters()
                .counter("undertone.reloads", "subject", "keywords", "outcome", outcome)
                .count();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void newKeywordsAreInUseForWhatBeginsThenAndWhatBeganBeforeEndsByTheOldOnes(Container container) throws Exception {
        UndertoneApplication application = following(routes + "keywords: [{text: '#old#'}]");
        int port = start(container, 1, application::registerPublic).port();
        assertThat(said(port, "/chat")).isEqualTo("bc");

        var held = client.send(request(port, "/held").build(), BodyHandlers.ofInputStream());
        try (BufferedReader events = new BufferedReader(new InputStreamReader(held.body(), UTF_8))) {
            StringBuilder heard = new StringBuilder();
            while (!said(heard.toString()).contains("b")) {
                heard.append(events.readLine());
            }
            Files.writeString(file, routes + "keywords: [{text: '#new#'}]");
            await().atMost(Duration.ofSeconds(20)).until(() -> reloads(application, "taken") == 1);
            assertThat(said(port, "/chat")).isEqualTo("ac");

            isChanged.countDown();
            heard.append(events.lines().collect(Collectors.joining()));
            assertThat(said(heard.toString())).isEqualTo("bdc");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aPollThatWasHeldMeanwhileIsAnsweredByTheNewKeywords(Container container) throws Exception {
        UndertoneApplication application = following(routes + "keywords: [{text: '#old#'}]");
        int port = start(container, 1, application::registerPublic).port();

        var poll = client.sendAsync(request(port, "/poll").build(), BodyHandlers.ofLines());
        isAsked.await();
        Files.writeString(file, routes + "keywords: [{text: '#new#'}]");
        await().atMost(Duration.ofSeconds(20)).until(() -> reloads(application, "taken") == 1);
        isChanged.countDown();

        assertThat(said(poll.get().body().collect(Collectors.joining()))).isEqualTo("ac");
    }

    @Test
    void whatWasWrittenWhileTheApplicationWasMadeIsInUse() throws Exception {
        Files.writeString(file, routes + "keywords: [{text: '#old#'}]");
        UndertoneConfig config = ConfigReader.read(file, environment);
        UndertoneApplication application =
                stopLater(new UndertoneApplication(config, ManagementToken.obtain(config.management())));
        Files.writeString(file, routes + "keywords: [{text: '#new#'}]");

        application.follow(file, () -> ConfigReader.read(file, environment));
        int port = start(Container.JETTY, 1, application::registerPublic).port();

        assertThat(said(port, "/chat")).isEqualTo("ac");
    }

    @Test
    void keywordsThatCameLaterAreNotLostWithTheFileEither() throws Exception {
        UndertoneApplication application = following(routes);
        int port = start(Container.JETTY, 1, application::registerPublic).port();
        Files.writeString(file, routes + "keywords: [{text: '#new#'}]");
        await().atMost(Duration.ofSeconds(20)).until(() -> reloads(application, "taken") == 1);

        Files.writeString(file, routes);
        await().atMost(Duration.ofSeconds(20)).until(() -> reloads(application, "refused") == 1);

        assertThat(said(port, "/chat")).isEqualTo("ac");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"keywords: [{text: '#new#'}, {txt: '#typo#'}]", "keywords: [", "keywords: []", "keywords: [{}]"})
    void aFileThatCannotBeMeantChangesNothing(String keywords) throws Exception {
        UndertoneApplication application = following(routes + "keywords: [{text: '#old#'}]");
        int port = start(Container.JETTY, 1, application::registerPublic).port();

        Files.writeString(file, routes + keywords);
        await().atMost(Duration.ofSeconds(20)).until(() -> reloads(application, "refused") == 1);

        assertThat(said(port, "/chat")).isEqualTo("bc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"probe: {url: 'http://localhost:1', text: '#other#'}", "webSocket: {idleTimeout: 1m}"})
    void theProbesOwnWordsStayHiddenAndTheRestOfTheFileWaitsForTheNextStart(String rest) throws Exception {
        UndertoneApplication application =
                following(routes + "probe: {url: 'http://localhost:1', text: '#old#'}\nkeywords: [{text: zzz}]");
        int port = start(Container.JETTY, 1, application::registerPublic).port();

        Files.writeString(file, routes + "keywords: [{text: '#new#'}]\n" + rest);
        await().atMost(Duration.ofSeconds(20)).until(() -> reloads(application, "taken") == 1);

        assertThat(said(port, "/chat")).isEqualTo("c");
    }
}
