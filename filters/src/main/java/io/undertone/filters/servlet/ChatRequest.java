package io.undertone.filters.servlet;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.ChatMemories;
import io.undertone.filters.payload.ChatMemory;
import io.undertone.filters.payload.FieldJudge;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a request says of the chat that its reply, or its WebSocket, is about. Thread-safe. */
public final class ChatRequest {
    private static final Logger LOG = LoggerFactory.getLogger(ChatRequest.class);

    /** The reason by which a header or trailer that was withheld is counted. */
    private static final String KEYWORD_IN_HEADER = "keyword_in_header";

    private final VeilRoute route;
    private final VeilListener listener;
    /** As it was sent: decoded, it could break a line of the log. */
    private final String requestUri;

    private final Dialect dialect;
    private final boolean isChatPath;
    private final @Nullable String chatId;
    private final ChatMemory memory;
    private final ChatListener chat;

    /** Reads a request that takes a route, and tells the listener that it came. */
    public ChatRequest(HttpServletRequest request, VeilRoute route, VeilListener listener, ChatMemories memories) {
        this.route = route;
        this.listener = listener;
        this.requestUri = request.getRequestURI();
        String path = decodedPath(request);
        this.dialect = route.dialect().under(path);
        this.isChatPath = dialect.isChatPath(path);
        this.chatId = dialect.chatIdIn(path).orElse(null);
        this.memory = chatId != null ? memories.ofChat(chatId) : memories.ofConnection(bayeuxBrowser(request));
        this.chat = chatId == null ? ChatListener.NONE : listener.asked(route, chatId);
    }

    /** As the application reads it: neither an escape nor a parameter makes another path of it. */
    private static String decodedPath(HttpServletRequest request) {
        String info = request.getPathInfo();
        return request.getServletPath() + (info == null ? "" : info);
    }

    /** A Bayeux client, whose paths name no chat, is known by the cookie of its server. */
    private static @Nullable String bayeuxBrowser(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? null
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals("BAYEUX_BROWSER"))
                        .map(Cookie::getValue)
                        .findFirst()
                        .orElse(null);
    }

    /** Whether its path is one under which a chat is spoken of. */
    boolean isChatPath() {
        return isChatPath;
    }

    /** An application's own JSON need not be a chat's; where nobody said that it is, it only has to be harmless. */
    boolean isPromised() {
        return isChatPath || !route.dialect().isChooser();
    }

    /** A judge for one payload. What it hides the listener hears. */
    public PayloadEditor editor(PayloadType type, KeywordSet keywords) {
        OnUnreadable onUnreadable = isPromised() ? route.onUnreadable() : OnUnreadable.PASS;
        return new PayloadEditor(type, dialect, route.audience(), keywords, onUnreadable, memory, this::hidden);
    }

    /** A judge for the headers and trailers of one reply, or of one handshake. What it withholds the listener hears. */
    public FieldJudge fieldJudge(KeywordSet keywords) {
        return new FieldJudge(dialect, route.audience(), keywords, memory, this::fieldWithheld);
    }

    private void fieldWithheld(String name) {
        LOG.warn("withheld the header {} of the reply to {}: {}", name, requestUri, KEYWORD_IN_HEADER);
        listener.unreadable(KEYWORD_IN_HEADER, true);
    }

    /**
     * A watch for what one reply, or one message of a WebSocket, says of the chat. A file that the customer fetches says nothing
     * of it: they may have written it.
     *
     * @param isSuccess whether its status is 200: whatever an error says, it does not say that the chat goes on
     */
    public ReplyWatch watch(boolean isSuccess) {
        return new ReplyWatch(chatId != null && isChatPath ? dialect.signs() : List.of(), isSuccess, chat);
    }

    /** Whoever asked is gone, and did not wait for the end of the answer. */
    public void left() {
        chat.left();
    }

    private void hidden(HiddenMessage message) {
        listener.hidden(route, message.chatId() != null ? message : message.inChat(chatId));
    }
}
