package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.server.RawHTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** As {@link RawUpstream}, made of the frames of HTTP/2, which is spoken by prior knowledge. */
final class RawHttp2Upstream implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector;

    private RawHttp2Upstream(RawReply.Manners manners) {
        connector = new ServerConnector(server, new RawHTTP2ServerConnectionFactory(new ServerSessionListener() {
            @Override
            public Stream.Listener onNewStream(Stream stream, HeadersFrame request) {
                RawUpstream.daemon(() -> serve(stream, manners));
                return Stream.Listener.AUTO_DISCARD;
            }
        }));
        server.addConnector(connector);
    }

    static RawHttp2Upstream start(RawReply.Manners manners) throws Exception {
        RawHttp2Upstream upstream = new RawHttp2Upstream(manners);
        upstream.server.start();
        return upstream;
    }

    private static void serve(Stream stream, RawReply.Manners manners) {
        try {
            manners.with(new Reply(stream));
        } catch (IOException peerHasGone) {
            // As some tests want it.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    URI url() {
        return URI.create("http://localhost:" + connector.getLocalPort());
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    private record Reply(Stream stream) implements RawReply {
        @Override
        public void begin(int length) throws IOException {
            HttpFields.Mutable fields = HttpFields.build();
            if (length != UNSAID) {
                fields.put("Content-Length", Integer.toString(length));
            }
            MetaData.Response head = new MetaData.Response(200, null, HttpVersion.HTTP_2, fields);
            await(stream.headers(new HeadersFrame(stream.getId(), head, null, false)));
        }

        @Override
        public void write(String text) throws IOException {
            await(stream.data(new DataFrame(stream.getId(), ByteBuffer.wrap(text.getBytes(ISO_8859_1)), false)));
        }

        @Override
        public void end() throws IOException {
            await(stream.data(new DataFrame(stream.getId(), ByteBuffer.allocate(0), true)));
        }

        @Override
        public void reset() throws IOException {
            await(stream.reset(new ResetFrame(stream.getId(), ErrorCode.INTERNAL_ERROR.code)));
        }

        @Override
        public void hangUp() {
            Session session = stream.getSession();
            ((HTTP2Session) session).getEndPoint().close();
        }

        private static void await(CompletableFuture<?> sent) throws IOException {
            try {
                sent.get();
            } catch (ExecutionException failure) {
                throw new IOException(failure.getCause());
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        }
    }
}
