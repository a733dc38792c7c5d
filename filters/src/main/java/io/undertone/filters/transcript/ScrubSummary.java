package io.undertone.filters.transcript;

import java.util.Map;

/**
 * What was found in one transcript.
 *
 * @param events how many events stood in it, hidden ones included; of JSON, also what is judged as one, such as a participant
 * @param hiddenBy how many events were taken out, by what hid them: a keyword's id, {@link #PARTICIPANT} or
 *     {@link #VISIBILITY}
 */
public record ScrubSummary(long events, Map<String, Long> hiddenBy) {
    /** Stands for a keyword's id where a participant was hidden whole. */
    public static final String PARTICIPANT = "participant";
    /** Stands for a keyword's id where the chat server itself kept the event from the audience. */
    public static final String VISIBILITY = "visibility";

    public ScrubSummary {
        hiddenBy = Map.copyOf(hiddenBy);
    }

    /** How many events were taken out in all. */
    public long hidden() {
        return hiddenBy.values().stream().mapToLong(Long::longValue).sum();
    }
}
