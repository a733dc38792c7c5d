package io.undertone.webapp.proxy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** The body of one reply, written as it comes. One method is called at a time, and the next piece when the one before is written. */
final class ProxyToClientBody {
    private final HttpServletResponse proxyToClientResponse;
    private final UpstreamLinks.@Nullable Editing links;
    private final BodyPace pace;
    private final Scheduler scheduler;
    private @Nullable ProxyToClientWriter writer;

    /**
     * @param links edits the body; null for one that passes as it is
     * @param pace how fast the client has to take it, or is given up
     * @param scheduler looks whether it does
     */
    ProxyToClientBody(
            HttpServletResponse proxyToClientResponse,
            UpstreamLinks.@Nullable Editing links,
            BodyPace pace,
            Scheduler scheduler) {
        this.proxyToClientResponse = proxyToClientResponse;
        this.links = links;
        this.pace = pace;
        this.scheduler = scheduler;
    }

    boolean isEdited() {
        return links != null;
    }

    boolean isBegun() {
        return writer != null;
    }

    /** Writes a piece. The bytes stay as they are until the callback is told that they are written. */
    void write(Response serverToProxyResponse, ByteBuffer bytes, Callback written) {
        byte[] array = bytes.hasArray() ? bytes.array() : copy(bytes);
        int offset = bytes.hasArray() ? bytes.arrayOffset() + bytes.position() : 0;
        if (links == null) {
            write(serverToProxyResponse, array, offset, bytes.remaining(), written);
        } else {
            writeAll(serverToProxyResponse, links.edit(array, offset, bytes.remaining()), written);
        }
    }

    /** Writes what is left when no more comes. */
    void end(Response serverToProxyResponse, Callback written) {
        if (links == null) {
            written.succeeded();
        } else {
            writeAll(serverToProxyResponse, links.end(), written);
        }
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
                open = new ProxyToClientWriter(output, serverToProxyResponse, pace, scheduler);
                writer = open;
                // Before the listener is set, as the container may call it from another thread at once.
                open.offer(bytes, offset, length, written);
                output.setWriteListener(open);
            } else {
                open.offer(bytes, offset, length, written);
                open.onWritePossible();
            }
        } catch (IOException | RuntimeException clientHasGone) {
            written.failed(clientHasGone);
        }
    }
}
