package io.undertone.server.sandbox;

import io.undertone.webapp.Problem;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GMS front: Chat API Version 2 over REST, at {@code {service}[/{chatId}/{operation}]} below its mapping. Every
 * in-session operation that names a {@code transcriptPosition} is answered with the transcript from there.
 */
final class GmsServlet extends HttpServlet {
    private static final Pattern PATH = Pattern.compile("/[^/]+(/(?<chatId>[^/]+)/(?<operation>.+))?");
    private static final Pattern FILE = Pattern.compile("file/(?<id>[^/]+)/(?<verb>download|delete)");

    private final transient ChatServers chatServers;
    private final transient Clock clock;

    GmsServlet(ChatServers chatServers, Clock clock) {
        this.chatServers = chatServers;
        this.clock = clock;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getCharacterEncoding() == null) {
            request.setCharacterEncoding(StandardCharsets.UTF_8.name());
        }
        Matcher path = PATH.matcher(request.getPathInfo() == null ? "" : request.getPathInfo());
        FormFields fields = new FormFields(request);
        try {
            if (!path.matches()) {
                notFound(request, response);
            } else if (path.group("operation") == null) {
                Json.write(response, chatServers.requestChat(fields).reply(1));
            } else {
                inSession(path.group("chatId"), path.group("operation"), request, response);
            }
        } catch (GmsRefusal refusal) {
            Json.write(response, GmsReply.refused(refusal));
        } catch (SessionGoneException gone) {
            Json.write(response, GmsReply.refused(GmsRefusal.chatGone()));
        }
    }

    private void inSession(String chatId, String operation, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        FormFields fields = new FormFields(request);
        CustomerSeat seat = CustomerSeat.of(chatServers, chatId, fields);
        Matcher file = FILE.matcher(operation);
        if (operation.equals("file/limits")) {
            Json.write(response, GmsReply.fileLimits(seat.session(), clock.millis()));
        } else if (operation.equals("file")) {
            Json.write(response, seat.upload(fields));
        } else if (file.matches() && file.group("verb").equals("delete")) {
            Json.write(response, seat.delete(file.group("id"), fields));
        } else if (file.matches()) {
            download(seat.download(file.group("id")), response);
        } else if (seat.perform(operation, fields)) {
            Json.write(response, seat.reply(fields.transcriptPosition()));
        } else {
            notFound(request, response);
        }
    }

    private static void download(SharedFile file, HttpServletResponse response) throws IOException {
        response.setContentType(file.contentType());
        response.setHeader("Content-Disposition", file.contentDisposition());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(file.size());
        file.writeTo(response.getOutputStream());
    }

    private static void notFound(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Problem(
                        404,
                        "No such operation",
                        "'" + request.getRequestURI()
                                + "' is no operation of GMS Chat API Version 2: POST to /genesys/2/chat/{service},"
                                + " or to one of its chats with {chatId}/{operation} behind it")
                .writeTo(response);
    }
}
