package io.undertone.webapp.relay;

import io.undertone.webapp.config.WebSocketConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One customer's socket and the chat server's behind it, which it reads as a listener: one message at a time, and the next, or
 * the close, when the customer has taken the one before. So nothing is stored for a slow customer, and a close is never
 * early.
 *
 * <p>Thread-safe: each end has threads of its own.
 */
public final class Relay implements Session.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** So often is a silent peer asked for a sign of life before the idle time-out is over. */
    static final int PINGS = 4;

    private final MessageJudge judge;
    private final Duration idleTimeout;
    private final RelayMetrics metrics;
    private final Consumer<Relay> whenEnded;
    private final CustomerSocket customer;
    private final AtomicBoolean isEnded = new AtomicBoolean();
    private final AtomicInteger customerSilence = new AtomicInteger();
    private final AtomicInteger serverSilence = new AtomicInteger();
    private volatile boolean isReadingServer;
    private volatile boolean hasServerFailed;
    private volatile @Nullable Session server;

    Relay(MessageJudge judge, WebSocketConfig limits, RelayMetrics metrics, Consumer<Relay> whenEnded) {
        this.judge = judge;
        this.idleTimeout = limits.idleTimeout();
        this.metrics = metrics;
        this.whenEnded = whenEnded;
        this.customer = new CustomerSocket(this, idleTimeout);
    }

    CustomerSocket customer() {
        return customer;
    }

    MessageJudge judge() {
        return judge;
    }

    /** Nothing is read before there is a customer to send it to. */
    @Override
    public void onWebSocketOpen(Session opened) {
        server = opened;
    }

    /** Whatever ended the relay while the customer's handshake was on its way found no customer to tell. */
    void customerOpened() {
        if (isEnded.get()) {
            customer.close(ClosingCodes.GOING_AWAY, null);
        } else {
            readOn();
        }
    }

    @Override
    public void onWebSocketText(String message) {
        serverHeard();
        byte[] serverToProxy = message.getBytes(StandardCharsets.UTF_8);
        judged(serverToProxy)
                .map(judged -> judged == serverToProxy ? message : new String(judged, StandardCharsets.UTF_8))
                .ifPresentOrElse(proxyToClient -> customer.sendText(proxyToClient, this::sent), this::readOn);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer message, Callback callback) {
        serverHeard();
        byte[] serverToProxy = new byte[message.remaining()];
        message.get(serverToProxy);
        callback.succeed();
        judged(serverToProxy)
                .ifPresentOrElse(
                        proxyToClient -> customer.sendBinary(ByteBuffer.wrap(proxyToClient), this::sent), this::readOn);
    }

    /** Once the relay is over the chat server is read for its close alone. */
    private Optional<byte[]> judged(byte[] serverToProxy) {
        return isEnded.get() ? Optional.empty() : judge.judge(serverToProxy);
    }

    private void sent(boolean isSent) {
        if (isSent) {
            metrics.serverToClient();
        } else {
            customerClosed(ClosingCodes.ABNORMAL, null);
        }
        readOn();
    }

    /** Also when all is over: the chat server's close is still to come. */
    private void readOn() {
        Session open = server;
        if (open != null) {
            isReadingServer = true;
            open.demand();
        }
    }

    private void serverHeard() {
        isReadingServer = false;
        serverSilence.set(0);
    }

    void customerHeard() {
        customerSilence.set(0);
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        serverHeard();
        readOn();
    }

    /** Passes a piece of a text of the customer's on, and waits until the chat server can take the next. */
    void passText(String piece, boolean isLast) {
        pass(isLast, (open, sent) -> open.sendPartialText(piece, isLast, sent));
    }

    /** As {@link #passText}. */
    void passBinary(ByteBuffer piece, boolean isLast) {
        pass(isLast, (open, sent) -> open.sendPartialBinary(piece, isLast, sent));
    }

    private interface Passing {
        void begin(Session open, Callback sent);
    }

    private void pass(boolean isLast, Passing passing) {
        customerHeard();
        Session open = server;
        if (open == null || isEnded.get()) {
            return;
        }
        Callback.Completable sent = new Callback.Completable();
        try {
            passing.begin(open, sent);
            sent.get(idleTimeout.toMillis(), TimeUnit.MILLISECONDS);
            if (isLast) {
                metrics.clientToServer();
            }
        } catch (ExecutionException | TimeoutException failure) {
            LOG.debug("the chat server takes no message", failure);
            serverGone();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            serverGone();
        }
    }

    @Override
    public void onWebSocketError(Throwable failure) {
        LOG.debug("the chat server's socket failed", failure);
        hasServerFailed = true;
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
        if (end()) {
            // What a library says of a failure is not for customers.
            boolean isTold = reason != null && !hasServerFailed && judge.mayBeTold(reason);
            customer.close(ClosingCodes.toCustomer(code), isTold ? reason : null);
        }
        callback.succeed();
    }

    void customerClosed(int code, @Nullable String reason) {
        Session open = server;
        if (!end()) {
            return;
        }
        judge.customerLeft();
        if (open != null) {
            if (code == ClosingCodes.ABNORMAL) {
                open.disconnect();
            } else {
                open.close(code, reason, Callback.NOOP);
            }
        }
    }

    private void serverGone() {
        if (end()) {
            customer.close(ClosingCodes.SERVER_ERROR, null);
            disconnectServer();
        }
    }

    /** There will be no customer: what the chat server may think is open is not. */
    void abandon() {
        end();
        disconnectServer();
    }

    /** Tells both ends that this node goes away. */
    void drain() {
        Session open = server;
        if (end()) {
            customer.close(ClosingCodes.GOING_AWAY, null);
            if (open != null) {
                open.close(ClosingCodes.GOING_AWAY, null, Callback.NOOP);
            }
        }
    }

    /**
     * Asks both ends for a sign of life, and parts with one that gave none for long. To be called {@value #PINGS} times in an
     * idle time-out. A chat server that is not read is not silent, and no customer to whom a message is on its way: that has a
     * time-out of its own.
     */
    void checkAlive() {
        if (customerSilence.updateAndGet(silence -> customer.isSending() ? silence : silence + 1) > PINGS) {
            customerClosed(ClosingCodes.ABNORMAL, null);
            customer.close(ClosingCodes.GOING_AWAY, null);
        } else if (serverSilence.updateAndGet(silence -> isReadingServer ? silence + 1 : 0) > PINGS) {
            serverGone();
        } else if (customer.isOpen()) {
            customer.ping();
            pingServer();
        }
    }

    private void pingServer() {
        Session open = server;
        if (open != null) {
            open.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
    }

    private void disconnectServer() {
        Session open = server;
        if (open != null) {
            open.disconnect();
        }
    }

    private boolean end() {
        boolean isFirst = isEnded.compareAndSet(false, true);
        if (isFirst) {
            whenEnded.accept(this);
        }
        return isFirst;
    }
}
