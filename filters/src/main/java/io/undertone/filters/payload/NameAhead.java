package io.undertone.filters.payload;

import io.undertone.filters.dialect.PathTree;
import io.undertone.filters.dialect.Place;
import io.undertone.filters.payload.JsonScanner.Token;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks behind a message for the member by which the object that has the list says whose chat it is of. Goes on where it
 * stopped, so that each byte is read ahead once.
 */
final class NameAhead {
    private final PathTree<Place> object;
    private final JsonScanner scanner;
    private boolean isAtName;
    private boolean isUnreadable;
    private @Nullable String name;

    /**
     * @param object what the dialect says of the object
     * @param from the end of a message
     */
    NameAhead(PathTree<Place> object, int from) {
        this.object = object;
        this.scanner = JsonScanner.behindElement(from);
    }

    /** The first byte that is not read yet. */
    int position() {
        return scanner.position();
    }

    /** The window's bytes stand elsewhere now. */
    void moved(int shift) {
        scanner.shift(shift);
    }

    /** Reads on while nothing is known; what is no JSON is left to whoever comes to it. */
    void read(byte[] bytes, int limit) {
        try {
            while (!isOver() && !isUnreadable) {
                Token token = scanner.next(bytes, limit, 1);
                switch (token) {
                    case NONE -> {
                        return;
                    }
                    case NAME -> isAtName = isChatId(bytes);
                    case STRING, SCALAR -> {
                        if (isAtName) {
                            name = MessageReader.id(bytes, scanner).orElse(null);
                        }
                    }
                    default -> {
                        // Says nothing.
                    }
                }
            }
        } catch (UnreadablePayloadException e) {
            isUnreadable = true;
        }
    }

    private boolean isChatId(byte[] bytes) {
        PathTree<Place> member =
                MessageReader.member(object, bytes, scanner.tokenStart(), scanner.position(), scanner.isPlain());
        return member != null && member.mark().filter(Place.CHAT_ID::equals).isPresent();
    }

    /** Whether the name was found, or the object ended without one. */
    boolean isOver() {
        return name != null || scanner.depth() == 0;
    }

    /** Whether nothing will ever be found. */
    boolean isUnreadable() {
        return isUnreadable;
    }

    Optional<String> name() {
        return Optional.ofNullable(name);
    }
}
