package io.undertone.server.sandbox;

import org.jspecify.annotations.Nullable;

/** What can happen in a chat session, in the words of GMS Chat API Version 2. */
enum EventType {
    PARTICIPANT_JOINED("ParticipantJoined", null),
    PARTICIPANT_LEFT("ParticipantLeft", null),
    MESSAGE("Message", null),
    PUSH_URL("PushUrl", "USER_PUSHED_URL"),
    TYPING_STARTED("TypingStarted", null),
    TYPING_STOPPED("TypingStopped", null),
    NICKNAME_UPDATED("NicknameUpdated", null),
    FILE_UPLOADED("FileUploaded", "SYS_COMMAND"),
    FILE_DELETED("FileDeleted", "SYS_COMMAND"),
    CUSTOM_NOTICE("CustomNotice", "USER_CUSTOM"),
    NOTICE("Notice", "SYS_COMMAND");

    private final String wireName;
    private final @Nullable String noticeType;

    EventType(String wireName, @Nullable String noticeType) {
        this.wireName = wireName;
        this.noticeType = noticeType;
    }

    /** The {@code type} of the event in a GMS reply. */
    String wireName() {
        return wireName;
    }

    /** The {@code noticeType} under which a stored transcript keeps the event; null where it is kept otherwise or not at all. */
    @Nullable
    String noticeType() {
        return noticeType;
    }
}
