package io.undertone.server.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A contender that runs.
 *
 * @param process null for the origin itself
 * @param managementPort where Undertone is asked for verdicts, 0 for all others
 */
record Candidate(Contender contender, @Nullable ProxyProcess process, int port, int managementPort) {
    /** The processor time of the proxy so far, none for the origin. */
    Duration cpu() {
        return process == null ? Duration.ZERO : process.cpu();
    }

    /** Waits until the proxy has no work left: its compiler goes on when nobody asks any more. */
    void rest() {
        if (process != null) {
            process.rest();
        }
    }

    /**
     * Asks once, and compares every byte; of a contender that writes replies anew, the messages.
     *
     * @return the length of the answer, which is that of all the same answers
     * @throws IOException if a hidden message shows, or anything else is not as it has to be
     */
    int check(Payload payload) throws IOException, InterruptedException {
        HttpRequest poll = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + Requests.path(payload.service(), 0)))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Requests.FORM))
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(poll, BodyHandlers.ofByteArray());
        byte[] expected = contender.expected(payload);
        boolean isRight = contender.isExact()
                ? Arrays.equals(answer.body(), expected)
                : Payload.messages(answer.body()).equals(Payload.messages(expected));
        if (answer.statusCode() != 200 || !isRight) {
            throw new IOException("%s answers %s with status %d and %d bytes, which are not what a customer has to see"
                    .formatted(contender, payload, answer.statusCode(), answer.body().length));
        }
        return answer.body().length;
    }

    void close() throws InterruptedException {
        if (process != null) {
            process.close();
        }
    }
}
