package io.undertone.server.sandbox;

import io.undertone.filters.keyword.Visibility;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response object of GMS Chat API Version 2, the same for every operation ("Chat API Version 2", response table). What
 * is null is left out.
 *
 * @param statusCode 0 good, 1 the client may try again, 2 it may not
 * @param messages what the customer may see from the asked position on
 * @param nextPosition the index to ask for next; it counts hidden events too
 * @param userData the file's id after an upload
 */
record GmsReply(
        int statusCode,
        @Nullable String alias,
        @Nullable String chatId,
        @Nullable String userId,
        @Nullable String secureKey,
        @Nullable List<Message> messages,
        @Nullable Integer nextPosition,
        @Nullable Boolean chatEnded,
        @Nullable Map<String, String> userData,
        @Nullable List<ErrorDetail> errors) {

    record From(String nickname, int participantId, String type) {
        static From of(Participant participant) {
            return new From(participant.nickname(), participant.participantId(), participant.kindOnWire());
        }
    }

    /** @param utcTime milliseconds since the epoch */
    record Message(
            From from,
            @Nullable Integer index,
            String type,
            @Nullable String text,
            @Nullable String messageType,
            long utcTime,
            @Nullable Map<String, String> userData) {

        static Message of(ChatEvent event) {
            Content content = event.content();
            return new Message(
                    From.of(event.from()),
                    event.index(),
                    event.type().wireName(),
                    content.text(),
                    content.messageType(),
                    event.at().toEpochMilli(),
                    content.userData().isEmpty() ? null : content.userData());
        }
    }

    record ErrorDetail(int code, String advice) {}

    /**
     * A good reply about a session.
     *
     * @param position where the transcript is wanted from; null for none of it
     * @param userData null for none
     */
    static GmsReply of(
            ChatServer server,
            ChatSession session,
            @Nullable Integer position,
            @Nullable Map<String, String> userData) {
        // Read before the events: one that arrives in between is sent twice rather than never.
        boolean ended = !session.isOpen();
        int nextPosition = session.transcript().nextPosition();
        List<ChatEvent> events =
                position == null ? List.of() : session.transcript().from(position);
        return about(server, session, events, nextPosition, ended, userData);
    }

    /** What is pushed to a customer when these events, the session's last ones, have happened; there may be none. */
    static GmsReply delivery(ChatServer server, ChatSession session, List<ChatEvent> events) {
        return about(server, session, events, session.transcript().nextPosition(), !session.isOpen(), null);
    }

    private static GmsReply about(
            ChatServer server,
            ChatSession session,
            List<ChatEvent> events,
            int nextPosition,
            boolean ended,
            @Nullable Map<String, String> userData) {
        return new GmsReply(
                0,
                server.alias(),
                session.interactionId(),
                session.customer().userId(),
                session.secureKey(),
                events.stream()
                        .filter(event -> event.visibility() == Visibility.ALL)
                        .map(Message::of)
                        .toList(),
                nextPosition,
                ended,
                userData,
                null);
    }

    /** The reply to file limits: one notice without an index, and none of the session's own fields. */
    static GmsReply fileLimits(ChatSession session, long utcTime) {
        Message notice = new Message(
                new From("system", 0, "External"),
                null,
                EventType.NOTICE.wireName(),
                "file-client-cfg-get",
                null,
                utcTime,
                session.files().limits());
        return new GmsReply(0, null, null, null, null, List.of(notice), null, !session.isOpen(), null, null);
    }

    static GmsReply refused(GmsRefusal refusal) {
        return new GmsReply(
                refusal.statusCode(),
                null,
                null,
                null,
                null,
                null,
                null,
                refusal.chatEnded(),
                null,
                List.of(new ErrorDetail(refusal.code(), refusal.advice())));
    }
}
