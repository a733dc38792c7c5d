package io.undertone.server.command;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo's contact centre from outside: customers that come in, and chat servers that crash. */
record DemoCentre(RunningCommand demo, HttpClient http) {
    private static final String CHATS = "/genesys/2/chat/customer-support";

    /** A customer starts a chat, and polls once. */
    String startChat() throws Exception {
        JsonNode opening = post(CHATS, "nickname=Ann");
        String id = opening.path("chatId").asString();
        post(
                CHATS + "/" + id + "/refresh",
                "userId=%s&secureKey=%s&alias=%s"
                        .formatted(
                                opening.path("userId").asString(),
                                opening.path("secureKey").asString(),
                                opening.path("alias").asString()));
        return id;
    }

    String serverOf(String id) throws Exception {
        return management("GET", "").path("interactions").values().stream()
                .filter(interaction -> interaction.path("id").asString().equals(id))
                .map(interaction -> interaction.path("chatServer").asString())
                .findFirst()
                .orElseThrow();
    }

    /** The chat's server forgets all sessions. */
    void lose(String id) throws Exception {
        String server = serverOf(id);
        management("POST", "/chat-servers/" + server + "/crash");
        management("POST", "/chat-servers/" + server + "/restart");
    }

    private JsonNode post(String path, String form) throws Exception {
        return read(HttpRequest.newBuilder(demo.address("public").resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private JsonNode management(String method, String path) throws Exception {
        return read(HttpRequest.newBuilder(demo.address("management").resolve("/sandbox" + path))
                .header("Authorization", "Bearer " + demo.token())
                .method(method, BodyPublishers.noBody()));
    }

    private JsonNode read(HttpRequest.Builder request) throws Exception {
        return JsonMapper.shared()
                .readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    }
}
