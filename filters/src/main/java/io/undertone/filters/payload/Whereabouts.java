package io.undertone.filters.payload;

import io.undertone.filters.dialect.PathTree;
import io.undertone.filters.dialect.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Where in a document its reader is, outside of messages, and what the dialect's paths say of that place. */
final class Whereabouts {
    /** An object or array that is open; its place is null where no path leads. */
    private static final class Level {
        private final @Nullable PathTree<Place> place;
        private final boolean isArray;
        private int elements;

        Level(@Nullable PathTree<Place> place, boolean isArray) {
            this.place = place;
            this.isArray = isArray;
        }

        @Nullable
        PathTree<Place> nextElement() {
            return place == null ? null : place.element(elements++);
        }
    }

    private final Deque<Level> levels = new ArrayDeque<>();

    /** Of the value to come. */
    private @Nullable PathTree<Place> place;

    /** What is said of all that the object or array holds that is open at a depth; null when none is. */
    private @Nullable Place region;

    private int regionDepth;

    Whereabouts(PathTree<Place> document) {
        place = document;
    }

    /** Whether the value to come, or the string that was just read, is marked so itself. */
    boolean isMarked(Place mark) {
        return place != null && place.mark().filter(mark::equals).isPresent();
    }

    /** Whether the value to come, or the string or name that was just read, is marked so, or something around it is. */
    boolean isWithin(Place mark) {
        return region == mark || isMarked(mark);
    }

    /** How deep the object stands that has the value to come, or the outermost one around it that is marked. */
    int objectDepth() {
        return region == null ? levels.size() : regionDepth - 1;
    }

    /** What is said of the object that has the value to come; null where nothing is, or an array has it. */
    @Nullable
    PathTree<Place> object() {
        Level innermost = levels.peek();
        return innermost == null || innermost.isArray ? null : innermost.place;
    }

    void begin(boolean isArray) {
        Level level = new Level(place, isArray);
        levels.push(level);
        if (region == null && place != null) {
            region = place.mark().orElse(null);
            regionDepth = levels.size();
        }
        if (isArray) {
            place = level.nextElement();
        }
    }

    void end() {
        levels.pop();
        if (levels.size() < regionDepth) {
            region = null;
            regionDepth = 0;
        }
    }

    /** Goes to the member whose name was just read; false if the dialect knows none there. */
    boolean member(byte[] bytes, JsonScanner name) {
        place = MessageReader.member(levels.element().place, bytes, name.tokenStart(), name.position(), name.isPlain());
        return place != null;
    }

    void comma() {
        if (levels.element().isArray) {
            place = levels.element().nextElement();
        }
    }
}
