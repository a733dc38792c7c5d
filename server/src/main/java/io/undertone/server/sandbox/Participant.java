package io.undertone.server.sandbox;

import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.Locale;

/**
 * One party of a chat session, as it is at one moment: a rename makes a new value with the same ids.
 *
 * @param participantId counts the parties of one session, from 1
 * @param userId names the party in requests and in stored transcripts
 * @param visibility who sees the party join
 */
record Participant(int participantId, String userId, String nickname, SenderKind kind, Visibility visibility) {

    /** The {@code from.type} of a GMS reply: {@code Client}, {@code Agent} and so on. */
    String kindOnWire() {
        String name = kind.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    Participant renamed(String newNickname) {
        return new Participant(participantId, userId, newNickname, kind, visibility);
    }
}
