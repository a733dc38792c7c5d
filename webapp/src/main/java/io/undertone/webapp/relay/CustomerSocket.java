package io.undertone.webapp.relay;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The customer's end of a {@link Relay}, in whatever container there is. What the customer sends goes on piece by piece,
 * each before the next is read; what it is sent waits for no thread.
 */
public final class CustomerSocket extends Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(CustomerSocket.class);

    private final Relay relay;
    private final Duration idleTimeout;
    private volatile @Nullable Session session;
    private volatile boolean isSending;

    CustomerSocket(Relay relay, Duration idleTimeout) {
        this.relay = relay;
        this.idleTimeout = idleTimeout;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        session = opened;
        opened.setMaxIdleTimeout(idleTimeout.toMillis());
        opened.getAsyncRemote().setSendTimeout(idleTimeout.toMillis());
        // Classes are named, as a container cannot see what a lambda takes.
        opened.addMessageHandler(String.class, (MessageHandler.Partial<String>) relay::passText);
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) relay::passBinary);
        opened.addMessageHandler(PongMessage.class, pong -> relay.customerHeard());
        relay.customerOpened();
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        relay.customerClosed(reason.getCloseCode().getCode(), reason.getReasonPhrase());
    }

    /** Its close follows, and says what there is to say. */
    @Override
    public void onError(Session failed, Throwable failure) {
        LOG.debug("the customer's socket failed", failure);
    }

    /**
     * Sends one whole message. There may be no other on its way.
     *
     * @param whenSent told whether it went out; by any thread, and perhaps before this method returns
     */
    void sendText(String message, Consumer<Boolean> whenSent) {
        send(whenSent, (open, handler) -> open.getAsyncRemote().sendText(message, handler));
    }

    /** As {@link #sendText}. */
    void sendBinary(ByteBuffer message, Consumer<Boolean> whenSent) {
        send(whenSent, (open, handler) -> open.getAsyncRemote().sendBinary(message, handler));
    }

    private interface Sending {
        void begin(Session open, SendHandler handler);
    }

    private void send(Consumer<Boolean> whenSent, Sending sending) {
        Session open = session;
        if (open == null) {
            whenSent.accept(false);
            return;
        }
        isSending = true;
        SendHandler handler = result -> {
            isSending = false;
            whenSent.accept(result.isOK());
        };
        try {
            sending.begin(open, handler);
        } catch (IllegalStateException closed) {
            LOG.debug("the customer's socket was closed", closed);
            isSending = false;
            whenSent.accept(false);
        }
    }

    /** Whether a message is on its way. */
    boolean isSending() {
        return isSending;
    }

    boolean isOpen() {
        Session open = session;
        return open != null && open.isOpen();
    }

    /** Asks for a sign of life, unless a message is on its way: the ping would wait for it. */
    void ping() {
        Session open = session;
        if (open == null || isSending) {
            return;
        }
        try {
            open.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("the customer's socket takes no ping", gone);
        }
    }

    /** Closes it; once closed, or before it is open, nothing happens. */
    void close(int code, @Nullable String reason) {
        Session open = session;
        if (open == null) {
            return;
        }
        try {
            open.close(new CloseReason(() -> code, reason));
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("the customer's socket takes no close", gone);
        }
    }
}
