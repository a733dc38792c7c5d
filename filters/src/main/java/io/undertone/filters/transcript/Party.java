package io.undertone.filters.transcript;

import io.undertone.filters.keyword.SenderKind;
import java.util.List;
import java.util.stream.Stream;

/**
 * A participant, as its {@code newParty} announced it.
 *
 * @param nicknames every name that it has gone by
 */
record Party(SenderKind kind, List<String> nicknames) {
    /** One that was never announced. */
    static final Party STRANGER = new Party(SenderKind.UNKNOWN, List.of());

    /** The same participant after a further announcement: its new kind, and every name. */
    Party alsoKnownAs(Party next) {
        return new Party(
                next.kind,
                Stream.concat(nicknames.stream(), next.nicknames.stream())
                        .distinct()
                        .toList());
    }
}
