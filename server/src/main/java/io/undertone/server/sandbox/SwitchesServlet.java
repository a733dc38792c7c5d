package io.undertone.server.sandbox;

import io.undertone.webapp.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * The sandbox's switches, below its mapping: GET nothing for the state, GET {@code transcripts/{interactionId}}, POST
 * {@code chat-servers/{name}/crash} and {@code …/restart}.
 */
final class SwitchesServlet extends HttpServlet {
    private static final Pattern SWITCH = Pattern.compile("/chat-servers/(?<name>[^/]+)/(?<verb>crash|restart)");
    private static final Pattern TRANSCRIPT = Pattern.compile("/transcripts/(?<id>[^/]+)");

    private final transient List<ChatServer> chatServers;
    private final transient InteractionServer interactions;

    SwitchesServlet(List<ChatServer> chatServers, InteractionServer interactions) {
        this.chatServers = List.copyOf(chatServers);
        this.interactions = interactions;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        Matcher transcript = TRANSCRIPT.matcher(path);
        Matcher chatServerSwitch = SWITCH.matcher(path);
        if (path.isEmpty() || path.equals("/")) {
            if (allows("GET", request, response)) {
                Json.write(response, state());
            }
        } else if (transcript.matches()) {
            if (allows("GET", request, response)) {
                transcript(transcript.group("id"), response);
            }
        } else if (chatServerSwitch.matches()) {
            if (allows("POST", request, response)) {
                turn(chatServerSwitch.group("name"), chatServerSwitch.group("verb"), response);
            }
        } else {
            notFound("the sandbox has no '" + path
                            + "': it has /chat-servers/{name}/crash, /chat-servers/{name}/restart"
                            + " and /transcripts/{interactionId}")
                    .writeTo(response);
        }
    }

    private static boolean allows(String method, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getMethod().equals(method)) {
            return true;
        }
        response.setHeader("Allow", method);
        new Problem(405, "Method not allowed", "use " + method + " here, not " + request.getMethod()).writeTo(response);
        return false;
    }

    private void turn(String name, String verb, HttpServletResponse response) throws IOException {
        Optional<ChatServer> named = chatServers.stream()
                .filter(server -> server.name().equals(name))
                .findFirst();
        if (named.isEmpty()) {
            List<String> names = chatServers.stream().map(ChatServer::name).toList();
            notFound("there is no chat server '" + name + "', only " + names).writeTo(response);
            return;
        }
        ChatServer server = named.get();
        if (verb.equals("crash")) {
            server.crash();
        } else {
            server.restart();
        }
        Json.write(response, state(server));
    }

    private void transcript(String interactionId, HttpServletResponse response) throws IOException {
        Optional<Transcript> stored = interactions.transcript(interactionId);
        if (stored.isEmpty()) {
            notFound("no transcript of '" + interactionId + "' is stored").writeTo(response);
            return;
        }
        ByteArrayOutputStream xml = new ByteArrayOutputStream();
        try {
            TranscriptXml.write(stored.get(), xml);
        } catch (XMLStreamException e) {
            throw new IOException("the transcript of " + interactionId + " cannot be written", e);
        }
        response.setContentType("application/xml;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(xml.size());
        xml.writeTo(response.getOutputStream());
    }

    private static Problem notFound(String detail) {
        return new Problem(404, "Not in the sandbox", detail);
    }

    private Map<String, Object> state() {
        return Json.object(
                "chatServers", chatServers.stream().map(SwitchesServlet::state).toList(),
                "interactions",
                        interactions.interactions().stream()
                                .map(SwitchesServlet::state)
                                .toList());
    }

    private static Map<String, Object> state(ChatServer server) {
        return Json.object("name", server.name(), "up", server.isUp(), "sessions", server.openSessions());
    }

    private static Map<String, Object> state(Interaction interaction) {
        return Json.object(
                "id", interaction.id(),
                "chatServer", interaction.chatServer(),
                "isOnline", interaction.online(),
                "state", interaction.state().name().toLowerCase(Locale.ROOT),
                "submittedAt", interaction.submittedAt().toString());
    }
}
