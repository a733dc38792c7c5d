package io.undertone.filters.transcript;

import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event of a transcript, as far as it was read. */
final class TranscriptEvent {
    /** Where it begins in the document, in characters. */
    private final long start;

    private final @Nullable String userId;
    private final Visibility visibility;
    private final List<String> words = new ArrayList<>();
    private @Nullable Party announced;

    /**
     * @param userId the participant that caused it, null where none is named
     * @param visibility as spelled in the document, null where it says nothing
     */
    TranscriptEvent(long start, @Nullable String userId, @Nullable String visibility) {
        this.start = start;
        this.userId = userId;
        this.visibility = visibility(visibility);
    }

    /** Chat Server's default is ALL; what nobody here has heard of is no reason to show an event to more people. */
    private static Visibility visibility(@Nullable String spelling) {
        if (spelling == null) {
            return Visibility.ALL;
        }
        return switch (spelling.trim().toUpperCase(Locale.ROOT)) {
            case "ALL", "" -> Visibility.ALL;
            case "INT" -> Visibility.INT;
            default -> Visibility.VIP;
        };
    }

    /** Adds something that it says. */
    void say(String text) {
        words.add(text);
    }

    /** Tells who its participant is, as {@code userInfo} does. */
    void announce(@Nullable String kind, @Nullable String nickname) {
        Party party = new Party(SenderKind.of(kind), nickname == null ? List.of() : List.of(nickname));
        announced = announced == null ? party : announced.alsoKnownAs(party);
    }

    long start() {
        return start;
    }

    Optional<String> userId() {
        return Optional.ofNullable(userId);
    }

    Visibility visibility() {
        return visibility;
    }

    /** Everything in it that somebody may have written. */
    List<String> words() {
        return words;
    }

    /** Who its participant is, as far as it says so itself. */
    Optional<Party> announced() {
        return Optional.ofNullable(announced);
    }
}
