package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.Reason.Standing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides as any other, and notes what each rule says, of every message. */
final class ExplainingDecider extends Decider {
    private final Dialect dialect;
    private final KeywordSet keywords;
    private final List<ExplainedMessage> messages = new ArrayList<>();
    private Unreadable.@Nullable Stray stray;

    ExplainingDecider(Dialect dialect, KeywordSet keywords, Audience audience, ChatMemory memory) {
        super(dialect, keywords, audience, memory);
        this.dialect = dialect;
        this.keywords = keywords;
    }

    List<ExplainedMessage> messages() {
        return messages;
    }

    /** The words that were last found to carry a keyword where no message is, null when none were. */
    Unreadable.@Nullable Stray stray() {
        return stray;
    }

    /** No message is passed over: that it carries no keyword is an explanation, too. */
    @Override
    boolean readsEveryMessage() {
        return true;
    }

    @Override
    Decision decide(Message message, Hiding hiding) {
        Set<Reason> reasons = new LinkedHashSet<>();
        Optional<Reason.Exempt> exemption = Optional.of(message.exemption())
                .filter(wanted -> !wanted.isEmpty())
                .map(Reason.Exempt::new);
        // Asked before the decision, which remembers the sender.
        Optional<Reason.HiddenSender> hiddenSender =
                exemption.isPresent() ? Optional.empty() : signOfHiddenParticipant(message);
        exemption.ifPresent(reasons::add);
        hiddenSender.ifPresent(reasons::add);
        Decision decision = super.decide(message, hiding);
        boolean isSettled = hiddenSender.isPresent() || (exemption.isPresent() && decision instanceof Decision.Deliver);
        addCarried(message, isSettled, reasons);
        if (message.visibility() != Visibility.ALL) {
            reasons.add(new Reason.OwnVisibility(message.visibility()));
        }
        Map<Field, List<String>> values = new EnumMap<>(Field.class);
        message.values().forEach((field, all) -> values.put(field, List.copyOf(all)));
        messages.add(new ExplainedMessage(messages.size() + 1, values, message.kind(), decision, List.copyOf(reasons)));
        return decision;
    }

    private void addCarried(Message message, boolean isSettled, Set<Reason> reasons) {
        Optional<Keyword> decisive = isSettled ? Optional.empty() : keywords.find(message.kind(), message.suspects());
        message.values().keySet().forEach(field -> {
            for (String value : message.suspects(field)) {
                for (Keyword keyword : keywords.findAll(List.of(value))) {
                    Standing standing = isSettled ? Standing.NOT_ASKED : standing(keyword, decisive, message.kind());
                    reasons.add(new Reason.Carries(keyword, field, value, standing));
                }
            }
        });
    }

    private static Standing standing(Keyword keyword, Optional<Keyword> decisive, SenderKind sender) {
        if (decisive.filter(keyword::equals).isPresent()) {
            return Standing.DECIDES;
        }
        return keyword.from().contains(sender) ? Standing.OVERRULED : Standing.NOT_FROM_SENDER;
    }

    @Override
    boolean hidesStray(String words) {
        boolean hides = super.hidesStray(words);
        if (hides) {
            stray = new Unreadable.Stray(
                    words,
                    keywords.find(
                                    SenderKind.UNKNOWN,
                                    Message.ofWords(dialect, rawScan(), words).suspects())
                            .orElseThrow());
        }
        return hides;
    }
}
