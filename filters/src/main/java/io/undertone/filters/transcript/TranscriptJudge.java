package io.undertone.filters.transcript;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides for one audience what becomes of the events of one chat, and remembers its participants. */
final class TranscriptJudge {
    private final KeywordSet keywords;
    private final Audience audience;
    private final Map<String, Party> parties = new HashMap<>();
    /** The ids of those whose events were kept before anything said who they are. */
    private final Set<String> keptStrangers = new HashSet<>();

    TranscriptJudge(KeywordSet keywords, Audience audience) {
        this.keywords = keywords;
        this.audience = audience;
    }

    /**
     * Judges the next event.
     *
     * @return what hides it, as {@link ScrubSummary#hiddenBy()} has it; empty if it is kept
     */
    Optional<String> hides(TranscriptEvent event) {
        Party party = partyOf(event);
        Optional<String> hiddenBy = hiddenParticipant(party)
                .or(() -> keyword(party.kind(), event.words()))
                .or(() -> keyword(party.kind(), party.nicknames()))
                .or(() ->
                        audience.maySee(event.visibility()) ? Optional.empty() : Optional.of(ScrubSummary.VISIBILITY));
        if (hiddenBy.isEmpty()) {
            event.userId().filter(id -> !parties.containsKey(id)).ifPresent(keptStrangers::add);
        }
        return hiddenBy;
    }

    private Party partyOf(TranscriptEvent event) {
        Optional<Party> known = event.userId().map(parties::get);
        Optional<Party> announced = event.announced()
                .map(party -> known.map(before -> before.alsoKnownAs(party)).orElse(party));
        announced.ifPresent(party -> event.userId().ifPresent(id -> parties.put(id, party)));
        return announced.or(() -> known).orElse(Party.STRANGER);
    }

    /**
     * Whether an event that was just judged tells of a participant that it is hidden, after others of its events were kept.
     * Chat Server writes events in their order, so this takes a transcript that somebody sorted or pieced together.
     */
    boolean comesTooLate(TranscriptEvent event) {
        return event.announced().isPresent()
                && event.userId()
                        .filter(keptStrangers::contains)
                        .map(parties::get)
                        .filter(this::isHiddenWhole)
                        .isPresent();
    }

    private boolean isHiddenWhole(Party party) {
        return hiddenParticipant(party)
                .or(() -> keyword(party.kind(), party.nicknames()))
                .isPresent();
    }

    private Optional<String> hiddenParticipant(Party party) {
        boolean isHidden = party.kind() != SenderKind.CLIENT
                && !audience.maySee(Visibility.VIP)
                && party.nicknames().stream().anyMatch(name -> keywords.hidesParticipant(name, party.kind()));
        return isHidden ? Optional.of(ScrubSummary.PARTICIPANT) : Optional.empty();
    }

    /** Whether words that belong to no event would have to be hidden. */
    boolean hidesStray(String words) {
        return keyword(SenderKind.UNKNOWN, List.of(words)).isPresent();
    }

    private Optional<String> keyword(SenderKind kind, Collection<String> words) {
        return keywords.find(kind, words.stream().filter(keywords::mayCarry).toList())
                .filter(keyword -> !audience.maySee(keyword.visibility()))
                .map(Keyword::id);
    }
}
