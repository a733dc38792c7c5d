package io.undertone.server.command;

import io.undertone.webapp.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks the management side of a running server. All trouble is a {@link ConfigException} that says how to mend it. */
final class ProbeClient {
    /** Fewer than a server leaves open, since this client reads no answer before it sent all questions. */
    private static final int MOST_AT_ONCE = 20_000;
    /** The longest patience that a server has, and some time for the way. */
    private static final Duration LONGEST = Duration.ofMinutes(11);

    private static final Duration WAY = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI server;
    private final String token;
    private final @Nullable Duration timeout;

    /**
     * @param server its address, perhaps with a path
     * @param timeout when each answer has to come at the latest, null for after all attempts
     */
    ProbeClient(URI server, String token, @Nullable Duration timeout) {
        this.server = server;
        this.token = token;
        this.timeout = timeout;
    }

    /** Asks about one chat: the answer with its details. */
    JsonNode ask(String interactionId, @Nullable String chatServer) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("InteractionId", interactionId);
        if (chatServer != null) {
            question.put("ChatServerAppName", chatServer);
        }
        question.put("format", "details");
        HttpRequest request = request("", "application/json", JSON.writeValueAsString(question));
        HttpResponse<String> response = send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw refused(response.statusCode(), response.body());
        }
        JsonNode answer = read(response.body());
        if (!answer.path("verdict").isString()) {
            throw notUndertone(200);
        }
        return answer;
    }

    /** Asks about many chats. Answers come as they fall; lines that were refused are numbered as in the file. */
    void ask(QuestionFile questions, Consumer<JsonNode> answers) {
        for (QuestionFile part : questions.parts(MOST_AT_ONCE)) {
            HttpResponse<Stream<String>> response =
                    send(request("/batch", part.mediaType(), part.body()), BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() != 200) {
                    throw refused(response.statusCode(), lines.collect(Collectors.joining("\n")));
                }
                long answered = lines.map(this::read)
                        .peek(answer -> answers.accept(numbered(answer, part)))
                        .count();
                if (answered < part.size()) {
                    throw brokenOff();
                }
            } catch (UncheckedIOException broken) {
                throw brokenOff();
            }
        }
    }

    private static JsonNode numbered(JsonNode answer, QuestionFile part) {
        return answer instanceof ObjectNode line && line.has("line")
                ? line.put("line", part.numberInFile(line.path("line").asInt()))
                : answer;
    }

    private HttpRequest request(String path, String mediaType, String body) {
        String query = timeout == null ? "" : "?timeout_ms=" + timeout.toMillis();
        URI address = URI.create(server.toString().replaceFirst("/+$", "") + "/api/v1/probe" + path + query);
        return HttpRequest.newBuilder(address)
                .timeout(timeout == null ? LONGEST : timeout.plus(WAY))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (ConnectException | HttpConnectTimeoutException absent) {
            throw trouble("nothing listens there; start it by 'undertone serve', or name another by --url");
        } catch (HttpTimeoutException late) {
            throw trouble("no answer in time; look at its log");
        } catch (SSLException untrusted) {
            throw trouble("TLS fails (" + untrusted.getMessage()
                    + "); name https:// or http:// as it listens, and what to trust by -Djavax.net.ssl.trustStore");
        } catch (IOException failure) {
            throw trouble("the connection broke; is it the management side, and http:// or https:// right?");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw trouble("interrupted before the answer came; ask again");
        }
    }

    private JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException notOurs) {
            throw notUndertone(200);
        }
    }

    private ConfigException refused(int status, String body) {
        if (status == 401) {
            return trouble("this is not its token; name the right one by --token-file or --token");
        }
        try {
            JsonNode problem = JSON.readTree(body);
            if (problem.path("detail").isString() && status == 400) {
                return trouble(problem.path("detail").asString());
            }
        } catch (JacksonException notOurs) {
            return notUndertone(status);
        }
        return notUndertone(status);
    }

    private ConfigException notUndertone(int status) {
        return trouble("it answers with " + status
                + ", and not as Undertone does; name the address that it printed as 'management' by --url");
    }

    private ConfigException brokenOff() {
        return trouble("it hung up before all answers came; look at its log, and ask again");
    }

    private ConfigException trouble(String what) {
        return new ConfigException(List.of(server + ": " + what));
    }
}
