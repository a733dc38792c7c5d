package io.undertone.webapp;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.ChatMemory;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.filters.servlet.VeilListener;
import io.undertone.filters.servlet.VeilRoute;
import io.undertone.webapp.relay.MessageJudge;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the messages of one WebSocket as the veil judges replies. A message that cannot be judged is not passed on, and the
 * socket stays open: what can be judged is worth having.
 */
final class SocketVeil implements MessageJudge {
    private static final Logger LOG = LoggerFactory.getLogger(SocketVeil.class);

    /** As it was sent: decoded, it could break a line of the log. */
    private final String requestUri;

    private final VeilRoute route;
    private final Dialect dialect;
    private final OnUnreadable onUnreadable;
    private final @Nullable String chatId;
    private final Supplier<KeywordSet> keywords;
    private final VeilListener listener;
    private final ChatMemory memory = new ChatMemory();

    /**
     * @param request for the socket
     * @param keywords asked once for each message
     */
    SocketVeil(HttpServletRequest request, VeilRoute route, Supplier<KeywordSet> keywords, VeilListener listener) {
        this.requestUri = request.getRequestURI();
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        this.route = route;
        this.dialect = route.dialect().under(path);
        // An application's own messages need not be a chat's; where nobody said that they are, they only have to be
        // harmless.
        boolean isPromised = dialect.isChatPath(path) || !route.dialect().isChooser();
        this.onUnreadable = isPromised ? route.onUnreadable() : OnUnreadable.PASS;
        this.chatId = dialect.chatIdIn(path).orElse(null);
        this.keywords = keywords;
        this.listener = listener;
    }

    @Override
    public Optional<byte[]> judge(byte[] serverToProxyMessage) {
        PayloadEditor editor = new PayloadEditor(
                PayloadType.FRAME, dialect, route.audience(), keywords.get(), onUnreadable, memory, this::hidden);
        ByteArrayOutputStream judged = new ByteArrayOutputStream(serverToProxyMessage.length);
        try {
            editor.feed(serverToProxyMessage, 0, serverToProxyMessage.length, judged::write);
            editor.end(judged::write);
        } catch (UnreadablePayloadException unreadable) {
            String reason = unreadable.reason().tag();
            LOG.warn("withheld a message of the socket {}: {}", requestUri, reason);
            listener.unreadable(reason, true);
            return Optional.empty();
        }
        editor.passedUnread().ifPresent(reason -> listener.unreadable(reason.tag(), false));
        byte[] proxyToClientMessage = judged.toByteArray();
        if (Arrays.equals(proxyToClientMessage, serverToProxyMessage)) {
            return Optional.of(serverToProxyMessage);
        }
        return isBlank(proxyToClientMessage) ? Optional.empty() : Optional.of(proxyToClientMessage);
    }

    private static boolean isBlank(byte[] message) {
        for (byte character : message) {
            if (character != ' ' && character != '\t' && character != '\r' && character != '\n') {
                return false;
            }
        }
        return true;
    }

    private void hidden(HiddenMessage message) {
        listener.hidden(route, message.chatId() != null ? message : message.inChat(chatId));
    }
}
