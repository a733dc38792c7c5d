package io.undertone.filters.servlet;

import static io.undertone.filters.servlet.Application.GREETING;
import static io.undertone.filters.servlet.Application.PROBE;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

/** Sends a coded event, and the rest when it is told to. */
final class EventSource extends HttpServlet {
    private final boolean isAsynchronous;
    private final CountDownLatch next = new CountDownLatch(1);
    private final byte[] first;
    private final byte[] rest;

    EventSource(boolean isAsynchronous) throws IOException {
        this.isAsynchronous = isAsynchronous;
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (OutputStream encoder = new GZIPOutputStream(coded, 512, true)) {
            encoder.write(("{\"messages\":[" + PROBE + "," + GREETING).getBytes(StandardCharsets.UTF_8));
            encoder.flush();
            first = coded.toByteArray();
            coded.reset();
            encoder.write("]}".getBytes(StandardCharsets.UTF_8));
        }
        rest = coded.toByteArray();
    }

    void sendRest() {
        next.countDown();
    }

    private void awaitNext() {
        try {
            next.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Content-Encoding", "gzip");
        ServletOutputStream out = response.getOutputStream();
        if (isAsynchronous) {
            writeWhenReady(request.startAsync(), out);
        } else {
            out.write(first);
            out.flush();
            awaitNext();
            out.write(rest);
        }
    }

    private void writeWhenReady(AsyncContext async, ServletOutputStream out) {
        out.setWriteListener(new WriteListener() {
            private int step;

            @Override
            public void onWritePossible() throws IOException {
                while (out.isReady()) {
                    switch (step++) {
                        case 0 -> out.write(first);
                        case 1 -> {
                            out.flush();
                            async.start(this::goOn);
                            return;
                        }
                        case 2 -> out.write(rest);
                        default -> {
                            async.complete();
                            return;
                        }
                    }
                }
            }

            private void goOn() {
                awaitNext();
                try {
                    onWritePossible();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void onError(Throwable failure) {
                async.complete();
            }
        });
    }
}
