package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One payload through the engine, as a test wants it. */
final class Editing {
    static final KeywordSet KEYWORDS = KeywordSet.compile(
            1,
            List.of(Keyword.of("#undertone#", Visibility.VIP), Keyword.of("#coach#", Visibility.INT)),
            List.of(new HiddenParticipant("undertone", SenderKind.EXTERNAL)));

    final List<HiddenMessage> hidden = new ArrayList<>();
    private PayloadType type = PayloadType.JSON;
    private Dialect dialect = Dialects.named(Dialects.GENESYS_V2).orElseThrow();
    private Audience audience = Audience.CUSTOMER;
    private OnUnreadable onUnreadable = OnUnreadable.WITHHOLD;
    private KeywordSet keywords = KEYWORDS;
    private ChatMemory memory = new ChatMemory();

    Editing ofType(PayloadType newType) {
        type = newType;
        return this;
    }

    Editing in(String newDialect) {
        return in(Dialects.named(newDialect).orElseThrow());
    }

    Editing in(Dialect newDialect) {
        dialect = newDialect;
        return this;
    }

    Editing forAudience(Audience newAudience) {
        audience = newAudience;
        return this;
    }

    Editing onUnreadable(OnUnreadable newOnUnreadable) {
        onUnreadable = newOnUnreadable;
        return this;
    }

    Editing with(KeywordSet newKeywords) {
        keywords = newKeywords;
        return this;
    }

    Editing remembering(ChatMemory newMemory) {
        memory = newMemory;
        return this;
    }

    String of(String payload) {
        return of(payload, Integer.MAX_VALUE);
    }

    /** @param step how many bytes are fed at a time */
    String of(String payload, int step) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return new String(of(bytes, step), StandardCharsets.UTF_8);
    }

    /**
     * @param cut how many bytes come first
     * @param meanwhile what happens before the others come
     */
    String of(String payload, int cut, Runnable meanwhile) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PayloadEditor editor = editor();
        editor.feed(bytes, 0, cut, out::write);
        meanwhile.run();
        editor.feed(bytes, cut, bytes.length - cut, out::write);
        editor.end(out::write);
        return out.toString(StandardCharsets.UTF_8);
    }

    byte[] of(byte[] bytes, int step) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        of(bytes, step, out);
        return out.toByteArray();
    }

    /** The same for whoever wants to see what went out before it broke off. */
    void of(byte[] bytes, int step, ByteArrayOutputStream out) {
        PayloadEditor editor = editor();
        for (int at = 0; at < bytes.length; at += Math.min(step, bytes.length - at)) {
            editor.feed(bytes, at, Math.min(step, bytes.length - at), out::write);
        }
        editor.end(out::write);
    }

    private PayloadEditor editor() {
        return new PayloadEditor(type, dialect, audience, keywords, onUnreadable, memory, hidden::add);
    }
}
