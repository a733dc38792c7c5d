package io.undertone.webapp.proxy;

import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;

/**
 * The flow control of Jetty's HTTP/2 client, which in addition tells each exchange of the end of its stream. Jetty resets a
 * stream whose reply is not as long as it says (RFC 9113 section 8.1.1), and leaves the exchange waiting for the rest. A reply
 * that is all there counts, though its upstream resets the stream to be rid of the request's rest (section 8.1).
 */
final class ResetStreams extends BufferingFlowControlStrategy {
    /** Jetty's own choice. */
    private static final float BUFFER_RATIO = 0.5F;

    ResetStreams() {
        super(BUFFER_RATIO);
    }

    @Override
    public void onStreamDestroyed(Stream stream) {
        super.onStreamDestroyed(stream);
        if (stream.isReset() && !((HTTP2Stream) stream).isLastDataReceived()) {
            stream.getListener()
                    .onFailure(
                            stream,
                            ErrorCode.PROTOCOL_ERROR.code,
                            "reset",
                            new EofException("the stream was reset"),
                            Callback.NOOP);
        }
    }
}
