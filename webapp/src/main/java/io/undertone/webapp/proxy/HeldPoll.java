package io.undertone.webapp.proxy;

import io.undertone.filters.dialect.Dialect;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that the chat server may hold until there is news, and what it would answer if there were none. That is told only
 * of requests for which no news can be lost by it: those that say themselves from where on they want to be told, and ask the
 * same again when the position in the answer has not moved.
 *
 * <ul>
 *   <li>GMS V2 {@code refresh}, with a {@code transcriptPosition}: {@link GmsRefresh}
 *   <li>CometD's {@code /meta/connect} with an acknowledgement: {@link BayeuxConnect}
 * </ul>
 *
 * <p>Of no others. Without an acknowledgement a CometD server forgets what it has written, be it to a connection that is cut.
 * Clients of GMS V1 disagree on whether its position is the last row's or the next. Salesforce ends a chat in which a second
 * poll comes while it holds the first (409).
 *
 * <p>The request's body is written by one thread, and read when all of it is sent.
 */
final class HeldPoll {
    /** Far more than any poll needs. */
    private static final int MOST_BYTES = 8 * 1024;

    private static final String GMS_V2 = "/2/chat/";
    private static final String REFRESH = "/refresh";

    private final Function<String, Optional<byte[]>> answers;
    private final boolean isOwnConnection;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private boolean isTooLong;

    private HeldPoll(HttpServletRequest clientToProxyRequest, Function<String, Optional<byte[]>> answers) {
        this.isOwnConnection = clientToProxyRequest.getProtocol().startsWith("HTTP/1");
        this.answers = answers;
    }

    /** The poll that a request may be, as far as can be told before its body is read. */
    static Optional<HeldPoll> in(Route route, HttpServletRequest clientToProxyRequest) {
        String path = RouteTable.pathOf(clientToProxyRequest);
        Dialect dialect = route.dialect().under(path);
        if (!clientToProxyRequest.getMethod().equals("POST")
                || !dialect.isChatPath(path)
                || !mayReadOurAnswer(route, clientToProxyRequest)) {
            return Optional.empty();
        }
        String contentType = Objects.requireNonNullElse(clientToProxyRequest.getContentType(), "")
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
        return switch (contentType) {
            case "application/x-www-form-urlencoded" ->
                dialect.chatIdIn(path)
                        .filter(chatId -> path.contains(GMS_V2) && path.endsWith(REFRESH))
                        .map(chatId -> new HeldPoll(clientToProxyRequest, form -> GmsRefresh.answer(chatId, form)));
            case "application/json" -> Optional.of(new HeldPoll(clientToProxyRequest, BayeuxConnect::answer));
            default -> Optional.empty();
        };
    }

    /** A page on another origin reads only what says that it may, which on a route without {@code cors} only the upstream can. */
    private static boolean mayReadOurAnswer(Route route, HttpServletRequest clientToProxyRequest) {
        String origin = clientToProxyRequest.getHeader("Origin");
        return origin == null
                || route.config().cors() != null
                || origin.toLowerCase(Locale.ROOT)
                        .endsWith("://"
                                + String.valueOf(clientToProxyRequest.getHeader("Host"))
                                        .toLowerCase(Locale.ROOT));
    }

    /** Some more of the request's body goes up. */
    void sent(byte[] bytes, int offset, int count) {
        isTooLong |= body.size() + count > MOST_BYTES;
        if (!isTooLong) {
            body.write(bytes, offset, count);
        }
    }

    /** The answer that tells of no news; empty if only the chat server can know it. */
    Optional<Answer> answer() {
        return isTooLong
                ? Optional.empty()
                : answers.apply(body.toString(StandardCharsets.UTF_8)).map(json -> response -> write(json, response));
    }

    private void write(byte[] json, HttpServletResponse proxyToClientResponse) throws IOException {
        proxyToClientResponse.setContentType("application/json");
        proxyToClientResponse.setContentLength(json.length);
        proxyToClientResponse.setHeader("Cache-Control", "no-store");
        if (isOwnConnection) {
            // The next request would come to a server that stops; HTTP/2 says this once for all streams.
            proxyToClientResponse.setHeader("Connection", "close");
        }
        proxyToClientResponse.getOutputStream().write(json);
    }
}
