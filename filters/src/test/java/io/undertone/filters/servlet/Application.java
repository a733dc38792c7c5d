package io.undertone.filters.servlet;

import io.undertone.filters.coding.Coded;
import io.undertone.filters.coding.ContentCoding;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/** An application that answers as its request asks. */
final class Application extends HttpServlet {
    static final String PROBE =
            "{\"from\":{\"nickname\":\"wf\",\"type\":\"External\"},\"index\":4,\"text\":\"#undertone# \u00e4\"}";
    static final String GREETING =
            "{\"from\":{\"nickname\":\"Ann\",\"type\":\"Agent\"},\"index\":5,\"text\":\"hello \u00e4\"}";
    static final String BEFORE = "{\"statusCode\":0,\"messages\":[" + PROBE + "," + GREETING + "],\"nextPosition\":6}";
    static final String AFTER = "{\"statusCode\":0,\"messages\":[" + GREETING + "],\"nextPosition\":6}";

    /** How an application can write its reply. */
    enum Way {
        AT_ONCE,
        BYTE_BY_BYTE,
        WITH_LENGTH,
        IN_TWO_FLUSHED_PIECES,
        WRITER,
        ASYNC_BLOCKING,
        ASYNC_LISTENER,
        ASYNC_DISPATCH,
        FORWARD,
        AFTER_RESET
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String type = request.getParameter("type");
        response.setContentType(type == null ? "application/json" : type.isEmpty() ? null : type);
        response.setHeader("ETag", "\"abc\"");
        response.setHeader("X-Kept", "yes");
        response.setHeader("X-Asked", String.join("|", Collections.list(request.getHeaders("Accept-Encoding"))));
        String body = request.getParameter("body");
        if (request.getParameter("large") != null) {
            body = large(GREETING + "," + PROBE);
        }
        String charset = Optional.ofNullable(request.getParameter("in")).orElse("UTF-8");
        byte[] bytes = (body == null ? BEFORE : body).getBytes(Charset.forName(charset));
        if (request.getParameter("coded") != null) {
            ContentCoding coding = ContentCoding.valueOf(request.getParameter("coded"));
            bytes = Coded.by(coding, bytes);
            response.setHeader("Content-Encoding", coding.token());
        }
        if (request.getParameter("cut") != null) {
            bytes = Arrays.copyOf(bytes, bytes.length - 1);
        }
        if (request.getParameter("vary") != null) {
            response.setHeader("Vary", request.getParameter("vary"));
        }
        if (request.getParameter("coding") != null) {
            response.setHeader("Content-Encoding", request.getParameter("coding"));
        }
        if (request.getParameter("status") != null) {
            response.setStatus(Integer.parseInt(request.getParameter("status")));
        }
        if (request.getParameter("flushFirst") != null) {
            response.flushBuffer();
        }
        if (request.getParameter("error") != null) {
            response.getOutputStream().write(bytes, 0, 10);
            response.sendError(500, "no");
            return;
        }
        if (request.getParameter("truncate") != null) {
            response.getOutputStream().write(bytes);
            response.flushBuffer();
            return;
        }
        write(
                Way.valueOf(Optional.ofNullable(request.getParameter("way")).orElse("AT_ONCE")),
                bytes,
                request,
                response);
    }

    private void write(Way way, byte[] bytes, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (way) {
            case AT_ONCE -> response.getOutputStream().write(bytes);
            case BYTE_BY_BYTE -> {
                for (byte b : bytes) {
                    response.getOutputStream().write(b);
                }
            }
            case WITH_LENGTH -> {
                response.setContentLength(bytes.length);
                response.getOutputStream().write(bytes);
            }
            case IN_TWO_FLUSHED_PIECES -> {
                response.getOutputStream().write(bytes, 0, bytes.length / 2);
                response.flushBuffer();
                response.getOutputStream().write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
            }
            case WRITER -> response.getWriter().write(new String(bytes, StandardCharsets.UTF_8));
            case ASYNC_BLOCKING -> {
                AsyncContext async = request.startAsync();
                async.start(() -> {
                    try {
                        response.getOutputStream().write(bytes);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        async.complete();
                    }
                });
            }
            case ASYNC_LISTENER -> writeWhenReady(bytes, request.startAsync(), response.getOutputStream());
            case ASYNC_DISPATCH -> {
                if (request.getAttribute("dispatched") == null) {
                    request.setAttribute("dispatched", true);
                    request.startAsync().dispatch();
                } else {
                    response.getOutputStream().write(bytes);
                }
            }
            case FORWARD -> {
                if (request.getAttribute("forwarded") == null) {
                    request.setAttribute("forwarded", true);
                    request.getRequestDispatcher("/genesys/2/chat/forwarded").forward(request, response);
                } else {
                    response.getOutputStream().write(bytes);
                }
            }
            case AFTER_RESET -> {
                response.getOutputStream().write("{\"messages\":[{}".getBytes(StandardCharsets.UTF_8));
                response.reset();
                response.setContentType("application/json");
                response.setHeader("X-Kept", "yes");
                response.getOutputStream().write(bytes);
            }
        }
    }

    private void writeWhenReady(byte[] bytes, AsyncContext async, ServletOutputStream out) {
        out.setWriteListener(new WriteListener() {
            private int at;

            @Override
            public void onWritePossible() throws IOException {
                while (out.isReady()) {
                    if (at == bytes.length) {
                        async.complete();
                        return;
                    }
                    int length = Math.min(7, bytes.length - at);
                    at += length;
                    out.write(bytes, at - length, length);
                }
            }

            @Override
            public void onError(Throwable failure) {
                async.complete();
            }
        });
    }

    static String large(String message) {
        return "{\"messages\":[" + String.join(", ", Collections.nCopies(5000, message)) + "]}";
    }
}
