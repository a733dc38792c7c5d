package io.undertone.filters.servlet;

import io.undertone.filters.coding.AcceptEncoding;
import io.undertone.filters.coding.ContentCoding;
import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.ChatMemory;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.filters.payload.UnreadableReason;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one reply is judged by, fixed before its first byte. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final String path;
    private final VeilRoute route;
    private final Dialect dialect;
    private final KeywordSet keywords;
    private final VeilListener listener;
    private final ChatMemories memories;
    private final AcceptEncoding acceptEncoding;
    private final boolean isChatPath;
    private final boolean isHead;
    private final @Nullable String chatId;
    private final ChatMemory memory;

    Exchange(
            HttpServletRequest request,
            VeilRoute route,
            KeywordSet keywords,
            VeilListener listener,
            ChatMemories memories) {
        this.route = route;
        this.keywords = keywords;
        this.listener = listener;
        this.memories = memories;
        this.acceptEncoding = new AcceptEncoding(Collections.list(request.getHeaders("Accept-Encoding")));
        this.path = request.getRequestURI();
        this.dialect = route.dialect().under(path);
        this.isChatPath = dialect.isChatPath(path);
        this.isHead = request.getMethod().equals("HEAD");
        this.chatId = dialect.chatIdIn(path).orElse(null);
        this.memory = memories.of(chatId);
    }

    /** The codings that the customer's client accepts. */
    AcceptEncoding acceptEncoding() {
        return acceptEncoding;
    }

    boolean isHead() {
        return isHead;
    }

    /**
     * The type under which a reply is judged, empty for one that is not: an application's own pages, scripts, images and
     * downloads.
     */
    Optional<PayloadType> judgedType(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/json", "text/json" -> Optional.of(PayloadType.JSON);
            case "application/x-ndjson", "application/jsonl", "application/x-jsonlines" ->
                Optional.of(PayloadType.JSON_LINES);
            case "text/event-stream" -> Optional.of(PayloadType.EVENT_STREAM);
            case "application/javascript", "text/javascript", "application/x-javascript" ->
                onChatPath(PayloadType.JSONP);
            default -> type.endsWith("+json") ? Optional.of(PayloadType.JSON) : onChatPath(PayloadType.UNKNOWN);
        };
    }

    private Optional<PayloadType> onChatPath(PayloadType type) {
        return isChatPath ? Optional.of(type) : Optional.empty();
    }

    /**
     * A judge for one body.
     *
     * @param contentEncoding the value of its {@code Content-Encoding}, null if it has none
     * @throws UnreadablePayloadException if it has a coding that cannot be read
     */
    JudgedBody judge(PayloadType type, @Nullable String contentEncoding) {
        List<ContentCoding> codings = ContentCoding.allOf(contentEncoding);
        return new JudgedBody(editor(type), codings, acceptEncoding.codingFor(codings));
    }

    private PayloadEditor editor(PayloadType type) {
        // An application's own JSON need not be a chat's; off the chat's paths it only has to be harmless.
        OnUnreadable onUnreadable = isChatPath ? route.onUnreadable() : OnUnreadable.PASS;
        return new PayloadEditor(type, dialect, route.audience(), keywords, onUnreadable, memory, this::hidden);
    }

    private void hidden(HiddenMessage message) {
        HiddenMessage named = message.chatId() != null ? message : message.inChat(chatId);
        memories.keep(named.chatId(), memory);
        listener.hidden(named);
    }

    void withheld(UnreadableReason reason) {
        LOG.warn("withheld the reply to {}: {}", path, reason.tag());
        listener.unreadable(reason.tag(), true);
    }
}
