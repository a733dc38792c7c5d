package io.undertone.webapp;

import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.ChatMemories;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.filters.servlet.ChatRequest;
import io.undertone.filters.servlet.ReplyWatch;
import io.undertone.filters.servlet.VeilListener;
import io.undertone.filters.servlet.VeilRoute;
import io.undertone.webapp.relay.MessageJudge;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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

    private final ChatRequest chat;
    private final Supplier<KeywordSet> keywords;
    private final VeilListener listener;
    private final UnaryOperator<byte[]> links;

    /**
     * @param request for the socket
     * @param keywords asked once for each message, and for each field of the handshake
     * @param links edits the addresses in what may be seen of a message
     */
    SocketVeil(
            HttpServletRequest request,
            VeilRoute route,
            Supplier<KeywordSet> keywords,
            VeilListener listener,
            ChatMemories memories,
            UnaryOperator<byte[]> links) {
        this.requestUri = request.getRequestURI();
        this.chat = new ChatRequest(request, route, listener, memories);
        this.keywords = keywords;
        this.listener = listener;
        this.links = links;
    }

    @Override
    public Optional<String> judgeField(String serverToProxyName, String serverToProxyValue) {
        return chat.fieldJudge(keywords.get()).judge(serverToProxyName, serverToProxyValue);
    }

    @Override
    public Optional<byte[]> judge(byte[] serverToProxyMessage) {
        ReplyWatch watch = chat.watch(true);
        watch.feed(serverToProxyMessage, 0, serverToProxyMessage.length);
        PayloadEditor editor = chat.editor(PayloadType.FRAME, keywords.get());
        Optional<byte[]> proxyToClientMessage = edited(editor, serverToProxyMessage, "a message");
        if (proxyToClientMessage.isPresent()) {
            watch.end();
            editor.passedUnread().ifPresent(reason -> listener.unreadable(reason.tag(), false));
        }
        return proxyToClientMessage
                .filter(message -> message == serverToProxyMessage || !saysNothing(message))
                .map(this::linked);
    }

    private byte[] linked(byte[] message) {
        byte[] linked = links.apply(message);
        return Arrays.equals(linked, message) ? message : linked;
    }

    /** Words in no known shape: they are told unless something could be hidden in them. */
    @Override
    public boolean mayBeTold(String serverToProxyReason) {
        byte[] reason = serverToProxyReason.getBytes(StandardCharsets.UTF_8);
        PayloadEditor editor = chat.editor(PayloadType.UNKNOWN, keywords.get());
        return edited(editor, reason, "the close reason")
                .filter(told -> told == reason)
                .isPresent();
    }

    @Override
    public void customerLeft() {
        chat.left();
    }

    /** What may be seen: the same array where nothing was changed, empty where nobody can tell. */
    private Optional<byte[]> edited(PayloadEditor editor, byte[] serverToProxy, String what) {
        ByteArrayOutputStream judged = new ByteArrayOutputStream(serverToProxy.length);
        try {
            editor.feed(serverToProxy, 0, serverToProxy.length, judged::write);
            editor.end(judged::write);
        } catch (UnreadablePayloadException unreadable) {
            String reason = unreadable.reason().tag();
            LOG.warn("withheld {} of the socket {}: {}", what, requestUri, reason);
            listener.unreadable(reason, true);
            return Optional.empty();
        }
        byte[] proxyToClient = judged.toByteArray();
        return Optional.of(Arrays.equals(proxyToClient, serverToProxy) ? serverToProxy : proxyToClient);
    }

    /** Whether nothing is left: white space, or an array that held nothing but what was hidden. */
    private static boolean saysNothing(byte[] edited) {
        for (byte character : edited) {
            if ("[] \t\r\n".indexOf(character) < 0) {
                return false;
            }
        }
        return true;
    }
}
