package io.undertone.server.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Customers who wait, and may vanish at once. */
final class Crowd {
    /** How many may be on their way in: fewer than a listener lets wait. */
    private static final int STEP = 40;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration INTERVAL = Duration.ofMillis(2);

    private final SocketLoop loop;
    private final List<Connection> connections = new ArrayList<>();

    private Crowd(SocketLoop loop) {
        this.loop = loop;
    }

    /** What a customer waits for. */
    enum Waiting {
        POLL("held poll"),
        WEB_SOCKET("WebSocket");

        private final String meaning;

        Waiting(String meaning) {
            this.meaning = meaning;
        }

        String meaning() {
            return meaning;
        }

        private ByteBuffer request(int chat) {
            return this == POLL
                    ? Requests.poll(Origin.HELD_SERVICE, chat)
                    : Requests.webSocket(Origin.HELD_SERVICE, chat);
        }
    }

    /**
     * Returns when all of them wait at the origin.
     *
     * @throws ConditionTimeoutException if they do not get there
     */
    static Crowd gather(SocketLoop loop, int port, Waiting waiting, int size, Origin origin) throws IOException {
        Crowd crowd = new Crowd(loop);
        for (int chat = 1; chat <= size; chat++) {
            ByteBuffer request = waiting.request(chat);
            loop.connect(port, connection -> crowd.join(connection, request));
            if (chat % STEP == 0 || chat == size) {
                int sent = chat;
                Awaitility.await()
                        .alias(sent + " wait: " + waiting.meaning())
                        .atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(INTERVAL)
                        .until(() -> origin.held() == sent);
            }
        }
        return crowd;
    }

    private Peer join(Connection connection, ByteBuffer request) {
        connections.add(connection);
        try {
            connection.send(request);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new Peer() {
            @Override
            public void received(ByteBuffer handshake) {
                // A WebSocket is open. Nothing more is said.
            }

            @Override
            public void lost() {
                // The origin counts who still waits.
            }
        };
    }

    /** Leaves without a word, all at once. */
    void vanish() {
        loop.execute(() -> {
            for (Connection connection : connections) {
                try {
                    connection.reset();
                } catch (IOException closed) {
                    throw new UncheckedIOException(closed);
                }
            }
        });
    }
}
