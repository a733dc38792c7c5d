package io.undertone.filters.servlet;

import io.undertone.filters.coding.AcceptEncoding;
import io.undertone.filters.coding.ContentCoding;
import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.ChatMemories;
import io.undertone.filters.payload.ChatMemory;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.filters.payload.UnreadableReason;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one reply is judged by, fixed before its first byte. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** As it was sent: decoded, it could break a line of the log. */
    private final String requestUri;

    private final VeilRoute route;
    private final Dialect dialect;
    private final KeywordSet keywords;
    private final VeilListener listener;
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
        this.acceptEncoding = new AcceptEncoding(Collections.list(request.getHeaders("Accept-Encoding")));
        this.requestUri = request.getRequestURI();
        String path = decodedPath(request);
        this.dialect = route.dialect().under(path);
        this.isChatPath = dialect.isChatPath(path);
        this.isHead = request.getMethod().equals("HEAD");
        this.chatId = dialect.chatIdIn(path).orElse(null);
        this.memory = chatId != null ? memories.ofChat(chatId) : memories.ofConnection(bayeuxBrowser(request));
        if (chatId != null) {
            listener.asked(route, chatId);
        }
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

    /** Whether a part of a reply may be asked for: not of one that is judged whole. */
    boolean isRangeAllowed() {
        return !isChatPath;
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
     *
     * @param contentTypes what the reply says that it is; all of it, since clients differ in what they believe
     * @param beginning the first bytes of its body, null where they are coded
     */
    Optional<PayloadType> judgedType(Collection<String> contentTypes, byte @Nullable [] beginning) {
        List<String> types = contentTypes.stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty())
                .toList();
        return types.stream()
                .flatMap(type -> ContentTypes.declared(type).stream())
                .findFirst()
                .or(() -> isChatPath
                        ? Optional.of(ContentTypes.onChatPath(types))
                        : ContentTypes.byBeginning(types, beginning));
    }

    /**
     * A judge for one body.
     *
     * @param contentTypes what the reply says that it is
     * @param contentEncoding the value of its {@code Content-Encoding}, null if it has none
     * @throws UnreadablePayloadException if it has a charset or a coding that cannot be read
     */
    JudgedBody judge(PayloadType type, Collection<String> contentTypes, @Nullable String contentEncoding) {
        if (isPromised() && !contentTypes.stream().allMatch(ContentTypes::isCharsetReadable)) {
            throw new UnreadablePayloadException(UnreadableReason.NOT_UTF8);
        }
        List<ContentCoding> codings = ContentCoding.allOf(contentEncoding);
        return new JudgedBody(editor(type), codings, acceptEncoding.codingFor(codings));
    }

    /** An application's own JSON need not be a chat's; where nobody said that it is, it only has to be harmless. */
    private boolean isPromised() {
        return isChatPath || !route.dialect().isChooser();
    }

    /**
     * Whether words for a person may be sent as they are.
     *
     * @param words what the container puts into a page of its own
     */
    boolean isHarmless(String words) {
        byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        PayloadEditor editor = editor(PayloadType.UNKNOWN);
        try {
            editor.feed(bytes, 0, bytes.length, sent::write);
            editor.end(sent::write);
        } catch (UnreadablePayloadException e) {
            return false;
        }
        return Arrays.equals(bytes, sent.toByteArray());
    }

    private PayloadEditor editor(PayloadType type) {
        OnUnreadable onUnreadable = isPromised() ? route.onUnreadable() : OnUnreadable.PASS;
        return new PayloadEditor(type, dialect, route.audience(), keywords, onUnreadable, memory, this::hidden);
    }

    private void hidden(HiddenMessage message) {
        listener.hidden(route, message.chatId() != null ? message : message.inChat(chatId));
    }

    void passed(UnreadableReason reason) {
        listener.unreadable(reason.tag(), false);
    }

    void withheld(UnreadableReason reason) {
        LOG.warn("withheld the reply to {}: {}", requestUri, reason.tag());
        listener.unreadable(reason.tag(), true);
    }
}
