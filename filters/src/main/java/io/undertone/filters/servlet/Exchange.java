package io.undertone.filters.servlet;

import io.undertone.filters.coding.AcceptEncoding;
import io.undertone.filters.coding.ContentCoding;
import io.undertone.filters.dialect.Findings;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.ChatMemories;
import io.undertone.filters.payload.FieldJudge;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.filters.payload.UnreadableReason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one reply is judged by. The keywords are those of its first byte: a poll may be held while they change. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private static final Findings<AcceptEncoding> ACCEPTED =
            new Findings<>(values -> new AcceptEncoding(List.of(values)));

    /** As it was sent: decoded, it could break a line of the log. */
    private final String requestUri;

    private final ChatRequest chat;
    private final Supplier<KeywordSet> keywords;
    private final VeilListener listener;
    private final AcceptEncoding acceptEncoding;
    private final boolean isHead;
    private @Nullable FieldJudge fieldJudge;
    private @Nullable KeywordSet fieldKeywords;
    private volatile boolean isBrokenOff;

    Exchange(
            HttpServletRequest request,
            VeilRoute route,
            Supplier<KeywordSet> keywords,
            VeilListener listener,
            ChatMemories memories) {
        this.keywords = keywords;
        this.listener = listener;
        this.acceptEncoding = ACCEPTED.of(String.join(",", Collections.list(request.getHeaders("Accept-Encoding"))));
        this.requestUri = request.getRequestURI();
        this.isHead = request.getMethod().equals("HEAD");
        this.chat = new ChatRequest(request, route, listener, memories);
    }

    /** Judges the next header or trailer of the reply, by the keywords of then: there may be some before a poll is held. */
    FieldJudge fieldJudge() {
        KeywordSet now = keywords.get();
        FieldJudge judge = fieldJudge;
        if (judge == null || fieldKeywords != now) {
            judge = chat.fieldJudge(now);
            fieldJudge = judge;
            fieldKeywords = now;
        }
        return judge;
    }

    /** Whether a part of a reply may be asked for: not of one that is judged whole. */
    boolean isRangeAllowed() {
        return !chat.isChatPath();
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
     * @param isCoded whether it has a content coding
     * @param beginning the first bytes of its body, decoded, asked for where nothing else tells; none where they cannot be
     */
    Optional<PayloadType> judgedType(Collection<String> contentTypes, boolean isCoded, Supplier<byte[]> beginning) {
        for (String contentType : contentTypes) {
            Optional<PayloadType> declared = ContentTypes.meaning(contentType).declared();
            if (declared.isPresent()) {
                return declared;
            }
        }
        List<String> types = contentTypes.stream()
                .flatMap(value -> ContentTypes.meaning(value).types().stream())
                .toList();
        return chat.isChatPath()
                ? Optional.of(ContentTypes.onChatPath(types))
                : ContentTypes.byBeginning(types, isCoded, beginning);
    }

    /** Whether clients that believe what a reply says of its charset read what the judge reads. */
    static boolean isReadable(Collection<String> contentTypes) {
        for (String contentType : contentTypes) {
            if (!ContentTypes.meaning(contentType).isReadable()) {
                return false;
            }
        }
        return true;
    }

    /**
     * A judge for one body.
     *
     * @param contentTypes what the reply says that it is
     * @param contentEncoding the value of its {@code Content-Encoding}, null if it has none
     * @param isSuccess whether its status is 200
     * @throws UnreadablePayloadException if it has a charset or a coding that cannot be read
     */
    JudgedBody judge(
            PayloadType type, Collection<String> contentTypes, @Nullable String contentEncoding, boolean isSuccess) {
        if (chat.isPromised() && !isReadable(contentTypes)) {
            throw new UnreadablePayloadException(UnreadableReason.NOT_UTF8);
        }
        List<ContentCoding> codings = ContentCoding.allOf(contentEncoding);
        return new JudgedBody(
                chat.watch(isSuccess), chat.editor(type, keywords.get()), codings, acceptEncoding.codingFor(codings));
    }

    /**
     * Whether words for a person may be sent as they are.
     *
     * @param words what the container puts into a page of its own
     */
    boolean isHarmless(String words) {
        byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        PayloadEditor editor = chat.editor(PayloadType.UNKNOWN, keywords.get());
        try {
            editor.feed(bytes, 0, bytes.length, sent::write);
            editor.end(sent::write);
        } catch (UnreadablePayloadException e) {
            return false;
        }
        return Arrays.equals(bytes, sent.toByteArray());
    }

    /** The reply breaks off on our side: what the container says of it from now on is not the client's doing. */
    void breaksOff() {
        isBrokenOff = true;
    }

    /** The reply cannot be written. */
    void failed() {
        if (!isBrokenOff) {
            chat.left();
        }
    }

    void passed(UnreadableReason reason) {
        listener.unreadable(reason.tag(), false);
    }

    void withheld(UnreadableReason reason) {
        LOG.warn("withheld the reply to {}: {}", requestUri, reason.tag());
        listener.unreadable(reason.tag(), true);
    }
}
