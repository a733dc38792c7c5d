package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.List;
import java.util.stream.Stream;

/** Decides for one audience what becomes of a message. */
final class Decider {
    /** Stands for a keyword's id where a participant was hidden whole. */
    static final String PARTICIPANT = "participant";

    private final Dialect dialect;
    private final KeywordSet keywords;
    private final Audience audience;
    private final ChatMemory memory;

    Decider(Dialect dialect, KeywordSet keywords, Audience audience, ChatMemory memory) {
        this.dialect = dialect;
        this.keywords = keywords;
        this.audience = audience;
        this.memory = memory;
    }

    /** Whether the bytes of a message may be delivered without a look at what they say. */
    boolean isHarmless(byte[] bytes, int from, int to) {
        return memory.isEmpty() && !dialect.isCoded() && !mayBeHidden(bytes, from, to);
    }

    Decision decide(Message message) {
        if (message.isExempt()) {
            return Decision.DELIVER;
        }
        if (isOfHiddenParticipant(message)) {
            message.all(Field.PARTICIPANT).forEach(memory::hide);
            return hideFromAudience(PARTICIPANT, Visibility.VIP);
        }
        return keywords.find(message.kind(), message.texts())
                .map(keyword -> hideFromAudience(keyword.id(), keyword.visibility()))
                .orElse(Decision.DELIVER);
    }

    private Decision hideFromAudience(String keywordId, Visibility tag) {
        return audience.maySee(tag) ? new Decision.Tag(tag) : new Decision.Hide(keywordId, tag);
    }

    private boolean isOfHiddenParticipant(Message message) {
        SenderKind kind = message.kind();
        if (kind == SenderKind.CLIENT) {
            return false;
        }
        Stream<String> newNicknames = message.only(Field.TYPE).filter(dialect::isRename).stream()
                .flatMap(type -> message.all(Field.TEXT).stream());
        return Stream.concat(message.all(Field.NICKNAME).stream(), newNicknames)
                        .anyMatch(nickname -> keywords.hidesParticipant(nickname, kind))
                || message.all(Field.PARTICIPANT).stream().anyMatch(memory::hides);
    }

    /** Whether words that belong to no message would have to be hidden. */
    boolean hidesStray(String words) {
        return keywords.find(SenderKind.UNKNOWN, List.of(words))
                .filter(keyword -> !audience.maySee(keyword.visibility()))
                .isPresent();
    }

    /** Whether anything in these bytes could be hidden. */
    boolean mayBeHidden(byte[] bytes, int from, int to) {
        return keywords.rawScan().mayMatch(bytes, from, to);
    }
}
