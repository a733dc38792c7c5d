package io.undertone.webapp.config;

import io.undertone.filters.keyword.Visibility;
import java.time.Duration;
import java.util.Map;
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
 * @param ha how the chat servers are made highly available
 * @param attempts how often a server is asked before the verdict falls
 * @param interval the time between two attempts, more than a customer's poll
 * @param timeout how long one ESP request may take
 * @param faults what fault codes mean; those that are not in it mean nothing
 * @param limits what one session is spared
 * @param skip the chats that nothing is sent to
 * @param shadow whether every answer routes, and only says what it would have been
 */
public record ProbeConfig(
        String nickname,
        String text,
        String method,
        Visibility visibility,
        NoticeConfig notice,
        @Nullable TransportConfig transport,
        @Nullable String interactionUrl,
        HaMode ha,
        int attempts,
        Duration interval,
        Duration timeout,
        Map<String, FaultMeaning> faults,
        Limits limits,
        SkipConfig skip,
        boolean shadow) {

    /** The one fault code of service {@code Chat} that is documented: "interaction with specified id was not found". */
    public static final Map<String, FaultMeaning> DOCUMENTED_FAULTS = Map.of("100", FaultMeaning.GONE);

    public static final ProbeConfig DEFAULT = new ProbeConfig(
            "undertone",
            "#undertone#",
            "Message",
            Visibility.ALL,
            NoticeConfig.DEFAULT,
            null,
            null,
            HaMode.NONE,
            HaMode.NONE.attempts(),
            HaMode.NONE.interval(),
            Duration.ofSeconds(2),
            DOCUMENTED_FAULTS,
            Limits.DEFAULT,
            SkipConfig.DEFAULT,
            false);

    public ProbeConfig {
        faults = Map.copyOf(faults);
    }

    /**
     * What one session is spared.
     *
     * @param remember how long a verdict of {@code gone} is remembered; a new probe still has to bear it out
     * @param budget how many probes one session is sent at most within the hour
     * @param minGap how soon after a verdict a session is asked anew; zero for at once
     */
    public record Limits(Duration remember, int budget, Duration minGap) {
        public static final Limits DEFAULT = new Limits(Duration.ofMinutes(5), 100, Duration.ZERO);
    }
}
