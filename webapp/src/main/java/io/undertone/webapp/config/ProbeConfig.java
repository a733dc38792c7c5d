package io.undertone.webapp.config;

import io.undertone.filters.keyword.Visibility;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code probe} section of undertone.yaml.
 *
 * @param nickname the name under which a probe joins the chat; it is hidden whole
 * @param text the text that a probe carries; it is a keyword of its own wherever probes are sent
 * @param method {@code Message} or {@code Notice}
 * @param visibility the visibility asked of the chat server
 * @param notice how a {@code Notice} is written
 * @param transport how probes are sent, null when this node sends none
 * @param interactionUrl where an interaction's user data is read before each attempt, with {@code {InteractionId}} in it;
 *     null when the workflow's own values are all there is
 * @param attempts how often a server is asked before the verdict falls
 * @param interval the time between two attempts, more than a customer's poll
 * @param timeout how long one ESP request may take
 */
public record ProbeConfig(
        String nickname,
        String text,
        String method,
        Visibility visibility,
        NoticeConfig notice,
        @Nullable TransportConfig transport,
        @Nullable String interactionUrl,
        int attempts,
        Duration interval,
        Duration timeout) {

    public static final ProbeConfig DEFAULT = new ProbeConfig(
            "undertone",
            "#undertone#",
            "Message",
            Visibility.ALL,
            NoticeConfig.DEFAULT,
            null,
            null,
            3,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));
}
