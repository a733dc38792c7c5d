package io.undertone.webapp.proxy;

import io.undertone.filters.coding.ContentCoding;
import io.undertone.filters.coding.Decoder;
import io.undertone.filters.payload.UnreadablePayloadException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** The body of one reply, written as it comes. One method is called at a time, and the next piece when the one before is written. */
final class ProxyToClientBody {
    /** What one piece of a reply may decode to: it is held until it is written, and no chat's words shrink so far. */
    private static final int MOST_DECODED = 8 << 20;

    private final HttpServletResponse proxyToClientResponse;
    private final UpstreamLinks.@Nullable Editing links;
    private @Nullable Decoder decoder;
    private final BodyPace pace;
    private final Scheduler scheduler;
    private final ContainerAccess container;
    private @Nullable ProxyToClientWriter writer;

    /**
     * @param links edits the body; null for one that passes as it is
     * @param pace how fast the client has to take it, or is given up
     * @param scheduler looks whether it does
     * @param container as the exchange has it
     */
    ProxyToClientBody(
            HttpServletResponse proxyToClientResponse,
            UpstreamLinks.@Nullable Editing links,
            BodyPace pace,
            Scheduler scheduler,
            ContainerAccess container) {
        this.proxyToClientResponse = proxyToClientResponse;
        this.links = links;
        this.pace = pace;
        this.scheduler = scheduler;
        this.container = container;
    }

    boolean isEdited() {
        return links != null;
    }

    /**
     * Takes note of how an edited reply is coded: it was asked for without a coding, and may have one all the same. One that
     * nobody here can read passes as it is: whoever judges it says so.
     *
     * @return the headers of what is written
     */
    HttpFields decoded(HttpFields serverToProxyHeaders) {
        String codings = String.join(",", serverToProxyHeaders.getValuesList(HttpHeader.CONTENT_ENCODING));
        try {
            decoder = ContentCoding.decoderOf(ContentCoding.allOf(codings));
        } catch (UnreadablePayloadException unknown) {
            return serverToProxyHeaders;
        }
        return HttpFields.build(serverToProxyHeaders)
                .remove(HttpHeader.CONTENT_ENCODING)
                .remove(HttpHeader.CONTENT_LENGTH);
    }

    boolean isBegun() {
        return writer != null;
    }

    /** Writes a piece. The bytes stay as they are until the callback is told that they are written. */
    void write(Response serverToProxyResponse, ByteBuffer bytes, Callback written) {
        byte[] array = bytes.hasArray() ? bytes.array() : copy(bytes);
        int offset = bytes.hasArray() ? bytes.arrayOffset() + bytes.position() : 0;
        if (links == null || decoder == null) {
            write(serverToProxyResponse, array, offset, bytes.remaining(), written);
            return;
        }
        ByteArrayOutputStream edited = new ByteArrayOutputStream();
        try {
            decoder.feed(array, offset, bytes.remaining(), (plain, from, count) -> {
                edited.writeBytes(links.edit(plain, from, count));
                if (edited.size() > MOST_DECODED) {
                    throw new IllegalStateException("a piece of a coded reply decodes to more than is held");
                }
            });
        } catch (RuntimeException damaged) {
            written.failed(damaged);
            return;
        }
        writeAll(serverToProxyResponse, edited.toByteArray(), written);
    }

    /** Writes what is left when no more comes. */
    void end(Response serverToProxyResponse, Callback written) {
        if (links == null || decoder == null) {
            written.succeeded();
            return;
        }
        byte[] rest;
        try (Decoder open = decoder) {
            open.end();
            rest = links.end();
        } catch (RuntimeException cutShortOrDefect) {
            // Nobody else would tell the client that this is no end.
            written.failed(cutShortOrDefect);
            return;
        }
        writeAll(serverToProxyResponse, rest, written);
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.slice().get(array);
        return array;
    }

    private void writeAll(Response serverToProxyResponse, byte[] bytes, Callback written) {
        if (bytes.length == 0) {
            written.succeeded();
        } else {
            write(serverToProxyResponse, bytes, 0, bytes.length, written);
        }
    }

    private void write(Response serverToProxyResponse, byte[] bytes, int offset, int length, Callback written) {
        try {
            ServletOutputStream output = proxyToClientResponse.getOutputStream();
            ProxyToClientWriter open = writer;
            if (open == null) {
                open = new ProxyToClientWriter(output, serverToProxyResponse, pace, scheduler, container.lock());
                writer = open;
                // Before the listener is set, as the container may call it from another thread at once.
                open.offer(bytes, offset, length, written);
                ProxyToClientWriter first = open;
                container.listen(() -> output.setWriteListener(first));
            } else {
                open.offer(bytes, offset, length, written);
                open.onWritePossible();
            }
        } catch (IOException | RuntimeException clientHasGone) {
            written.failed(clientHasGone);
        }
    }
}
