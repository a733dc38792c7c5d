package io.undertone.server.sandbox;

import static io.undertone.server.sandbox.CentreUnderTest.json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One customer's calls, with the keys of the chat that the first reply gave.
 *
 * @param gms where they are sent
 */
record CustomerCalls(CentreUnderTest centre, URI gms, JsonNode opening) {

    /** The same customer by another way. */
    CustomerCalls by(URI address) {
        return new CustomerCalls(centre, address, opening);
    }

    String chatId() {
        return opening.path("chatId").asString();
    }

    JsonNode perform(String operation, String... fields) throws IOException, InterruptedException {
        return json(call(operation, fields));
    }

    HttpResponse<byte[]> call(String operation, String... fields) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        keys().forEach(field -> all.addAll(List.of(field, opening.path(field).asString())));
        all.addAll(List.of(fields));
        return centre.postForm(uri(operation), all.toArray(String[]::new));
    }

    /** Uploads a file as multipart, with a description. */
    JsonNode upload(String fileName, String text) throws IOException, InterruptedException {
        String boundary = "----undertone";
        StringBuilder body = new StringBuilder();
        keys().forEach(field ->
                body.append(part(boundary, field, opening.path(field).asString())));
        body.append(part(boundary, "userData[file-description]", "the receipt"));
        body.append("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                        .formatted(boundary, fileName))
                .append("Content-Type: text/plain\r\n\r\n")
                .append(text)
                .append("\r\n--")
                .append(boundary)
                .append("--\r\n");
        return json(centre.post(uri("file"), "multipart/form-data; boundary=" + boundary, body.toString()));
    }

    /** The messages from the beginning, each as {@code kind nickname type: text}. */
    List<String> lines() throws IOException, InterruptedException {
        return lines(perform("refresh", "transcriptPosition", "0"));
    }

    static List<String> lines(JsonNode reply) {
        return reply.path("messages").values().stream()
                .map(message -> "%s %s %s: %s"
                        .formatted(
                                message.path("from").path("type").asString(),
                                message.path("from").path("nickname").asString(),
                                message.path("type").asString(),
                                message.path("text").asString("")))
                .toList();
    }

    private static List<String> keys() {
        return List.of("userId", "secureKey", "alias");
    }

    private static String part(String boundary, String name, String value) {
        return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value);
    }

    private URI uri(String operation) {
        return gms.resolve(CentreUnderTest.SERVICE + "/" + chatId() + "/" + operation);
    }
}
