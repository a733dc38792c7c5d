package io.undertone.server.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
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
        /** Held as most are, on connections that brought an earlier poll its answer. */
        POLL("held poll"),
        WEB_SOCKET("WebSocket");

        private final String meaning;

        Waiting(String meaning) {
            this.meaning = meaning;
        }

        String meaning() {
            return meaning;
        }

        private List<ByteBuffer> requests(int chat) {
            return this == POLL
                    ? List.of(Requests.poll(Payload.S.service(), chat), Requests.poll(Origin.HELD_SERVICE, chat))
                    : List.of(Requests.webSocket(Origin.HELD_SERVICE, chat));
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
            Iterator<ByteBuffer> requests = waiting.requests(chat).iterator();
            loop.connect(port, connection -> crowd.join(connection, requests));
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

    private Peer join(Connection connection, Iterator<ByteBuffer> requests) {
        connections.add(connection);
        try {
            connection.send(requests.next());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        HttpMessage answer = new HttpMessage();
        return new Peer() {
            @Override
            public void received(ByteBuffer bytes) throws IOException {
                // A WebSocket is open, or an earlier poll is answered.
                if (answer.read(bytes) && requests.hasNext()) {
                    connection.send(requests.next());
                }
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
