package io.undertone.server.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A chat server that costs next to nothing: it has its answers ready, holds the polls of the service {@code held} until it is told to
 * answer them, and opens every WebSocket.
 */
final class Origin {
    static final String HELD_SERVICE = "held";
    /** RFC 6455 section 1.3. */
    private static final String WEB_SOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    /** Opcode 8 in a final frame (RFC 6455 section 5.2). */
    private static final byte CLOSE_FRAME = (byte) 0x88;

    private final Map<Payload, ByteBuffer> replies = new EnumMap<>(Payload.class);
    private final Set<ChatServer> waiting = new HashSet<>();
    private final AtomicInteger held = new AtomicInteger();
    private final SocketLoop loop;
    private final int port;

    /** Begins to listen. */
    Origin(SocketLoop loop) throws IOException {
        this.loop = loop;
        for (Payload payload : Payload.values()) {
            replies.put(payload, reply("keep-alive", payload));
        }
        port = loop.listen(ChatServer::new);
    }

    int port() {
        return port;
    }

    /** How many polls and WebSockets wait at the moment. */
    int held() {
        return held.get();
    }

    /** Answers every poll that is held, and closes its connection. */
    void answerHeld() {
        loop.execute(() -> {
            ByteBuffer last = reply("close", Payload.S);
            Set.copyOf(waiting).forEach(peer -> peer.answerLast(last.duplicate()));
        });
    }

    private static ByteBuffer reply(String connection, Payload payload) {
        byte[] body = payload.whole();
        byte[] head = """
                HTTP/1.1 200 OK\r
                Content-Type: application/json;charset=UTF-8\r
                Date: Sun, 22 Nov 2026 19:00:00 GMT\r
                Cache-Control: no-cache\r
                Connection: %s\r
                Content-Length: %d\r
                \r
                """.formatted(connection, body.length).getBytes(ISO_8859_1);
        return ByteBuffer.allocateDirect(head.length + body.length)
                .put(head)
                .put(body)
                .flip()
                .asReadOnlyBuffer();
    }

    private static ByteBuffer switching(String webSocketKey) throws IOException {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((webSocketKey + WEB_SOCKET_GUID).getBytes(ISO_8859_1));
            return ByteBuffer.wrap(
                    """
                    HTTP/1.1 101 Switching Protocols\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Accept: %s\r
                    \r
                    """.formatted(Base64.getEncoder().encodeToString(digest)).getBytes(ISO_8859_1));
        } catch (GeneralSecurityException never) {
            throw new IOException("every JDK knows SHA-1", never);
        }
    }

    /** One connection of a proxy's. */
    private final class ChatServer implements Peer {
        private final Connection connection;
        private final HttpMessage request = new HttpMessage();
        private boolean isWebSocket;

        ChatServer(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void received(ByteBuffer bytes) throws IOException {
            if (isWebSocket) {
                if (bytes.get() == CLOSE_FRAME) {
                    connection.send(ByteBuffer.wrap(new byte[] {CLOSE_FRAME, 0}));
                    connection.close();
                    lost();
                }
                return;
            }
            while (request.read(bytes)) {
                answer();
            }
        }

        private void answer() throws IOException {
            @Nullable String webSocketKey = request.webSocketKey();
            if (webSocketKey != null) {
                isWebSocket = true;
                connection.send(switching(webSocketKey));
            }
            // POST /genesys/2/chat/SERVICE/CHAT/refresh
            String service = request.startLine().split("/", 6)[4];
            if (service.equals(HELD_SERVICE)) {
                waiting.add(this);
                held.set(waiting.size());
            } else {
                connection.send(replyOf(service).duplicate());
            }
        }

        private ByteBuffer replyOf(String service) throws IOException {
            for (Map.Entry<Payload, ByteBuffer> reply : replies.entrySet()) {
                if (reply.getKey().service().equals(service)) {
                    return reply.getValue();
                }
            }
            throw new IOException("no such service: " + service);
        }

        private void answerLast(ByteBuffer last) {
            try {
                connection.send(last);
                connection.close();
            } catch (IOException proxyHasGone) {
                // Then it waits for no answer either.
            }
            lost();
        }

        @Override
        public void lost() {
            waiting.remove(this);
            held.set(waiting.size());
        }
    }
}
