package io.undertone.server.sandbox;

import io.undertone.filters.keyword.Visibility;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The customer in one session: what each operation of the GMS fronts does there. */
record CustomerSeat(ChatServer server, ChatSession session) {

    /**
     * Finds the session on the chat server that the alias names, and checks that it is the customer who asks.
     *
     * @throws GmsRefusal if a field is missing, the session is gone, or the keys are another's
     */
    static CustomerSeat of(ChatServers servers, String chatId, GmsFields fields) {
        String alias = fields.required("alias");
        String userId = fields.required("userId");
        String secureKey = fields.required("secureKey");
        ChatServer server = servers.named(alias);
        ChatSession session = server.session(chatId).orElseThrow(GmsRefusal::chatGone);
        if (!session.secureKey().equals(secureKey)
                || !session.customer().userId().equals(userId)) {
            throw GmsRefusal.notYours();
        }
        return new CustomerSeat(server, session);
    }

    /** Does the operation; false when it is none. */
    boolean perform(String operation, GmsFields fields) {
        switch (operation) {
            case "refresh" -> {}
            case "send" ->
                add(
                        EventType.MESSAGE,
                        new Content(fields.required("message"), fields.optional("messageType"), fields.userData()));
            case "startTyping" -> add(EventType.TYPING_STARTED, Content.text(fields.optional("message")));
            case "stopTyping" -> add(EventType.TYPING_STOPPED, Content.text(fields.optional("message")));
            case "pushUrl" -> add(EventType.PUSH_URL, Content.text(fields.required("pushUrl")));
            case "customNotice" -> add(EventType.CUSTOM_NOTICE, Content.text(fields.required("message")));
            case "readReceipt" -> add(EventType.NOTICE, Content.text("read-confirm"));
            case "updateNickname" -> session.rename(session.customer(), fields.required("nickname"));
            case "updateData" -> server.attach(session, fields.userData());
            case "disconnect" -> server.finish(session);
            default -> {
                return false;
            }
        }
        return true;
    }

    GmsReply upload(FormFields fields) throws IOException, ServletException {
        Part part = fields.file();
        SharedFile file = keep(part);
        Map<String, String> userData = new HashMap<>(file.userData());
        fields.userData().forEach(userData::putIfAbsent);
        add(EventType.FILE_UPLOADED, Content.data(userData));
        return GmsReply.of(server, session, fields.transcriptPosition(), Map.of("file-id", file.id()));
    }

    SharedFile download(String fileId) {
        return session.files()
                .download(fileId)
                .orElseThrow(() -> GmsRefusal.badFile("file '" + fileId + "' is not here, or was fetched too often"));
    }

    GmsReply delete(String fileId, GmsFields fields) {
        SharedFile file = session.files()
                .delete(fileId)
                .orElseThrow(() -> GmsRefusal.badFile("file '" + fileId + "' is not here"));
        add(EventType.FILE_DELETED, Content.data(file.userData()));
        return reply(fields.transcriptPosition());
    }

    /** @param position where the transcript is wanted from; null for none of it */
    GmsReply reply(@Nullable Integer position) {
        return GmsReply.of(server, session, position, null);
    }

    private SharedFile keep(Part part) throws IOException {
        String type = part.getContentType() == null ? "application/octet-stream" : part.getContentType();
        try (var content = part.getInputStream()) {
            return session.files().upload(part.getSubmittedFileName(), type, content.readAllBytes());
        } catch (IllegalArgumentException limit) {
            throw GmsRefusal.badFile(String.valueOf(limit.getMessage()));
        }
    }

    private void add(EventType type, Content content) {
        session.add(type, session.customer(), content, Visibility.ALL);
    }
}
