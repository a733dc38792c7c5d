package io.undertone.webapp.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of one request. What is {@link #thereAlready there already} when a short one begins is taken at once, the rest only
 * when the upstream takes it: one buffer is held at most. Of the rest nothing is read before a connection stands, so a request
 * that found none can be given to another upstream with another such body; and a client that waits for 100 (Continue) is told
 * to go on by the first read, when the upstream has said so.
 *
 * <p>A body that is there already goes up in one write with the headers: an upstream that answers and closes without reading
 * it does not break the exchange.
 *
 * <p>The HTTP client lets the container's thread of one request send others that wait. That thread must not ask the container
 * for anything of theirs: Tomcat locks a connection while a thread of its own works on it, and two that sent each other's
 * request would wait for each other for ever. So the container is first asked by a thread of the HTTP client, and from then on
 * by such threads and those that the container sends itself.
 */
final class ClientToProxyBody implements Request.Content, ReadListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClientToProxyBody.class);
    private static final int BUFFER = 16 * 1024;
    private static final long UNKNOWN = -1;
    private static final byte[] NOTHING = {};

    private final HttpServletRequest clientToProxyRequest;
    private final byte[] first;
    private final Executor executor;
    private final ByteBufferPool buffers;
    private final long mostBytes;
    private final @Nullable HeldPoll poll;
    private final BodyPace pace;
    private final ContainerAccess container;
    private final long length;
    private volatile boolean isAskedFor;
    private final AtomicReference<@Nullable Runnable> demand = new AtomicReference<>();
    private volatile @Nullable ServletInputStream input;
    private long taken;
    private volatile boolean isAllRead;
    private volatile @Nullable Throwable failure;

    /**
     * @param first of its bytes, {@link #thereAlready there already}
     * @param executor runs what must not be run by a container's thread
     * @param mostBytes after which it fails as a {@link BodyTooLargeException}
     * @param pace which, if it is not kept, makes it fail as a {@link SlowBodyException}
     * @param poll is told what is sent; null if it need not be known
     * @param container as the exchange has it
     */
    ClientToProxyBody(
            HttpServletRequest clientToProxyRequest,
            byte[] first,
            Executor executor,
            ByteBufferPool buffers,
            long mostBytes,
            BodyPace pace,
            @Nullable HeldPoll poll,
            ContainerAccess container) {
        this.clientToProxyRequest = clientToProxyRequest;
        this.first = first;
        this.executor = executor;
        this.buffers = buffers;
        this.mostBytes = mostBytes;
        this.pace = pace;
        this.container = container;
        this.poll = poll;
        this.length = clientToProxyRequest.getContentLengthLong();
    }

    /** Whether a request has a body, though it may be empty. */
    static boolean isIn(HttpServletRequest clientToProxyRequest) {
        return clientToProxyRequest.getContentLengthLong() > 0
                || clientToProxyRequest.getHeader(HttpHeader.TRANSFER_ENCODING.asString()) != null
                // HTTP/2 frames a body without saying beforehand that there is one.
                || (clientToProxyRequest.getContentLengthLong() == UNKNOWN
                        && clientToProxyRequest.getProtocol().equals("HTTP/2.0")
                        && !clientToProxyRequest.getMethod().equals("GET")
                        && !clientToProxyRequest.getMethod().equals("HEAD"));
    }

    /**
     * What can be read of a request's body without waiting. Only for the thread by which the container hands over the request.
     *
     * @return of a short body, and nothing if the client may wait to be told that it is wanted
     */
    static byte[] thereAlready(HttpServletRequest clientToProxyRequest) {
        int length = (int) Math.min(BUFFER + 1, clientToProxyRequest.getContentLengthLong());
        if (length <= 0 || length > BUFFER || clientToProxyRequest.getHeader(HttpHeader.EXPECT.asString()) != null) {
            return NOTHING;
        }
        byte[] bytes = new byte[length];
        int count = 0;
        try {
            ServletInputStream input = clientToProxyRequest.getInputStream();
            int read = 0;
            while (read >= 0 && count < length && input.available() > 0) {
                read = input.read(bytes, count, length - count);
                count += Math.max(0, read);
            }
        } catch (IOException broken) {
            LOG.debug("whoever reads on is told, too", broken);
        }
        return count == length ? bytes : Arrays.copyOf(bytes, count);
    }

    /** Whether nobody has asked for any of it. */
    boolean isUntouched() {
        return !isAskedFor;
    }

    /** Whether the client has no more of it to send; false as well where that is not sure. */
    boolean isOver() {
        ServletInputStream source = input;
        return isAllRead || taken == length || (source != null && source.isFinished());
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public Content.@Nullable Chunk read() {
        boolean isFirst = !isAskedFor;
        isAskedFor = true;
        ServletInputStream source = input;
        if (failure == null) {
            if (isFirst && first.length > 0) {
                return first();
            }
            if (source == null) {
                return null;
            }
            try {
                if (isAllRead || source.isFinished()) {
                    return Content.Chunk.EOF;
                }
                return source.isReady() ? next(source) : atEnd(source);
            } catch (BodyTooLargeException tooLarge) {
                failure = tooLarge;
            } catch (IOException broken) {
                onError(broken);
            }
        }
        return Content.Chunk.from(Objects.requireNonNull(failure), true);
    }

    private Content.Chunk first() {
        taken = first.length;
        if (poll != null) {
            poll.sent(first, 0, first.length);
        }
        return Content.Chunk.from(ByteBuffer.wrap(first), taken == length);
    }

    /** A look for more input may find that there is none to come. */
    private static Content.@Nullable Chunk atEnd(ServletInputStream source) {
        return source.isFinished() ? Content.Chunk.EOF : null;
    }

    private Content.Chunk next(ServletInputStream source) throws IOException {
        int most = length == UNKNOWN ? BUFFER : (int) Math.max(1, Math.min(BUFFER, length - taken));
        RetainableByteBuffer buffer = buffers.acquire(most, false);
        int count;
        try {
            ByteBuffer bytes = buffer.getByteBuffer();
            count = source.read(bytes.array(), bytes.arrayOffset(), most);
            taken += Math.max(0, count);
            if (taken > mostBytes) {
                throw new BodyTooLargeException(mostBytes);
            }
            if (poll != null && count > 0) {
                poll.sent(bytes.array(), bytes.arrayOffset(), count);
            }
            bytes.position(0).limit(Math.max(0, count));
        } catch (IOException | RuntimeException broken) {
            buffer.release();
            throw broken;
        }
        boolean isLast = count < 0 || taken == length;
        return Content.Chunk.asChunk(buffer.getByteBuffer(), isLast, buffer);
    }

    @Override
    public void demand(Runnable whenThereIsMore) {
        demand.set(whenThereIsMore);
        pace.await();
        if (input == null && failure == null) {
            executor.execute(this::open);
        } else {
            look();
        }
    }

    private void open() {
        try {
            container.listen(() -> {
                ServletInputStream source = clientToProxyRequest.getInputStream();
                input = source;
                source.setReadListener(this);
            });
        } catch (IOException | IllegalStateException hasEnded) {
            onError(hasEnded);
            return;
        }
        look();
    }

    /** What came since the last look tells nobody any more. */
    private void look() {
        ServletInputStream source = input;
        if (failure != null || isAllRead || source == null || source.isFinished() || source.isReady()) {
            proceedInPace();
        }
    }

    @Override
    public void fail(Throwable whatForbidsMore) {
        failure = whatForbidsMore;
        proceed();
    }

    @Override
    public void onDataAvailable() {
        proceedInPace();
    }

    @Override
    public void onAllDataRead() {
        isAllRead = true;
        proceed();
    }

    @Override
    public void onError(Throwable broken) {
        failure = new ClientFailedException(broken);
        proceed();
    }

    private void proceedInPace() {
        if (!pace.isKept(taken)) {
            failure = new SlowBodyException("the client sends the body too slowly");
        }
        proceed();
    }

    private void proceed() {
        Runnable waiting = demand.getAndSet(null);
        if (waiting != null) {
            waiting.run();
        }
    }
}
