package io.undertone.webapp.config;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code probe.skip} section: the chats that nothing is sent to.
 *
 * @param youngerThan interactions that were received less long ago are skipped, null for none
 * @param async whether asynchronous chats are skipped, which lie dormant for days
 * @param inTransfer whether chats in transfer or consultation are skipped
 * @param media the media that are asked about; interactions of others are skipped; empty for all
 * @param keys where user data say these things
 */
public record SkipConfig(
        @Nullable Duration youngerThan, boolean async, boolean inTransfer, Set<String> media, Keys keys) {

    /** Nothing is skipped. */
    public static final SkipConfig DEFAULT = new SkipConfig(null, false, false, Set.of(), Keys.DEFAULT);

    public SkipConfig {
        media = Set.copyOf(media);
    }

    /**
     * The names of user data.
     *
     * @param receivedAt when the interaction came in: a date and time of ISO 8601, or seconds or milliseconds since 1970
     * @param async set while a chat is asynchronous
     * @param inTransfer set while a chat is in transfer or consultation
     * @param media the interaction's medium
     */
    public record Keys(String receivedAt, String async, String inTransfer, String media) {
        /** Those of the vendor where it has one; {@code InTransfer} is for the workflow to set. */
        public static final Keys DEFAULT = new Keys("ReceivedAt", "GCTI_Chat_AsyncStatus", "InTransfer", "MediaType");
    }
}
