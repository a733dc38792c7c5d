package io.undertone.filters.servlet;

import io.undertone.filters.coding.AcceptEncoding;
import io.undertone.filters.coding.ContentCoding;
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

/** What one reply is judged by, fixed before its first byte. */
final class Exchange {
    private final VeilRoute route;
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
        String path = request.getRequestURI();
        this.isChatPath = route.dialect().isChatPath(path);
        this.isHead = request.getMethod().equals("HEAD");
        this.chatId = route.dialect().chatIdIn(path).orElse(null);
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
        if (contentType != null && isJson(contentType)) {
            return Optional.of(PayloadType.JSON);
        }
        return isChatPath ? Optional.of(PayloadType.UNKNOWN) : Optional.empty();
    }

    private static boolean isJson(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
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
        return new PayloadEditor(type, route.dialect(), route.audience(), keywords, onUnreadable, memory, this::hidden);
    }

    private void hidden(HiddenMessage message) {
        memories.keep(chatId, memory);
        listener.hidden(
                message.chatId() != null || chatId == null
                        ? message
                        : new HiddenMessage(
                                chatId, message.position(), message.keywordId(), message.tag(), message.sender()));
    }

    void withheld(UnreadableReason reason) {
        listener.unreadable(reason.tag(), true);
    }
}
