package io.undertone.server.drill;

import io.undertone.webapp.config.HaMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the session of a customer who stays comes back after the crash, as the vendor's guide to chat high availability tells
 * it: the customer's web application finds the server gone and asks another to restore the session. Nobody asks for customers
 * who left.
 */
enum Restoration {
    /** A session dies with its server. */
    NEVER {
        @Override
        Optional<String> server(Duration sinceCrash, int missedPolls, double slowness) {
            return Optional.empty();
        }
    },
    /** The backup has to notice, to take over, and to restore one session after the other. */
    BY_BACKUP {
        @Override
        Optional<String> server(Duration sinceCrash, int missedPolls, double slowness) {
            Duration restored = TAKE_OVER.plusMillis((long) (slowness * RESTORING.toMillis()));
            return sinceCrash.compareTo(restored) < 0 ? Optional.empty() : Optional.of(BACKUP);
        }
    },
    /** The web application tries another server when one did not answer several times. */
    BY_ANOTHER {
        @Override
        Optional<String> server(Duration sinceCrash, int missedPolls, double slowness) {
            int telling = FEWEST_POLLS_THAT_TELL + (int) (slowness * DIFFERENT_PATIENCE);
            return missedPolls < telling ? Optional.empty() : Optional.of(OTHER);
        }
    };

    /** The one that crashes. */
    static final String CRASHING = "ChatServer_A";
    /** The one that takes chats beside it, and goes on. */
    static final String OTHER = "ChatServer_B";

    private static final String BACKUP = "ChatServer_A_Backup";
    private static final Duration TAKE_OVER = Duration.ofSeconds(8);
    private static final Duration RESTORING = Duration.ofSeconds(12);
    private static final int FEWEST_POLLS_THAT_TELL = 2;
    private static final int DIFFERENT_PATIENCE = 4;

    static final List<String> CHAT_SERVERS = List.of(CRASHING, OTHER, BACKUP);

    static Restoration in(HaMode mode) {
        return switch (mode) {
            case NONE -> NEVER;
            case WARM_STANDBY -> BY_BACKUP;
            case N_PLUS_1 -> BY_ANOTHER;
        };
    }

    /**
     * The server that can be asked to restore a session now; empty while there is none.
     *
     * @param slowness see {@link Persona}
     */
    abstract Optional<String> server(Duration sinceCrash, int missedPolls, double slowness);
}
