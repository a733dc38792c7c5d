package io.undertone.filters.payload;

import io.undertone.filters.keyword.RawScan;
import org.jspecify.annotations.Nullable;

/**
 * The fast half of {@link JsonScanner}: how far it has come, and what most of a payload is read by. Every text that is read
 * on the way is asked for what could be hidden in it.
 */
abstract sealed class JsonRunner permits JsonScanner {
    /** What may come next. */
    enum Expect {
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        COMMA_OR_END,
        NOTHING
    }

    static final int NO_LEVEL = -1;

    /** In the place of an index, for what does not end. */
    static final int NOWHERE = -1;

    /** From an opening bracket or brace to the one that closes it. */
    private static final int TO_CLOSING = 2;

    Expect expect = Expect.VALUE;
    int position;
    int depth;

    /** The last place between two elements that was passed. */
    private int between;

    final Nesting nesting = new Nesting();
    final SampleElement sample = new SampleElement();
    final OpenList list = new OpenList();

    private final @Nullable Decider decider;
    private final @Nullable RawScan scan;
    /** The length from which on a text is worth a look: none is while nobody looks, or more would be said. */
    private int shortest;

    JsonRunner(@Nullable Decider decider) {
        this.decider = decider;
        this.scan = decider == null ? null : decider.rawScan();
        this.shortest = shortest();
    }

    private int shortest() {
        if (scan == null || decider == null) {
            return Integer.MAX_VALUE;
        }
        return decider.remembersAny() ? 0 : scan.shortest();
    }

    /** Whether anything in the texts, names and numbers that were read since {@link #trust} could be hidden. */
    final boolean mayBeHidden() {
        return scan != null && shortest == Integer.MAX_VALUE;
    }

    /** What was read so far is judged. */
    final void trust() {
        shortest = shortest();
    }

    /** Something in what was read since {@link #trust} could be hidden. */
    final void doubt() {
        shortest = Integer.MAX_VALUE;
    }

    final void lookAtPlain(byte[] bytes, int from, int to) {
        if (to - from >= shortest
                && scan != null
                && decider != null
                && (scan.mayMatchPlain(bytes, from, to) || decider.mayRemember(bytes, from, to, true))) {
            doubt();
        }
    }

    final void lookAt(byte[] bytes, int from, int to) {
        if (shortest != Integer.MAX_VALUE
                && scan != null
                && decider != null
                && (scan.mayMatch(bytes, from, to) || decider.mayRemember(bytes, from, to, false))) {
            doubt();
        }
    }

    /**
     * Reads on in the innermost array while its elements are whole and usual and nothing in them could be hidden, and stops
     * between two or within one. Whether something could be hidden in the last one, {@link #mayBeHidden} tells.
     *
     * @return the end of the last element that was passed, before the comma; where none was, the position before
     */
    final int passHarmless(byte[] bytes, int limit) {
        between = position;
        int array = depth;
        try {
            run(bytes, limit, array - 1, array);
            if (depth == array && expect == Expect.COMMA_OR_END && !mayBeHidden()) {
                between = position;
            }
        } catch (UnreadablePayloadException e) {
            // Said again by whoever reads that element.
            expect = between > position ? Expect.COMMA_OR_END : expect;
            position = between;
            trust();
        }
        return between;
    }

    /** Goes on with another element of the array that just began, as those before it are read already. */
    final void goOnAt(int element) {
        position = element;
        expect = Expect.VALUE;
    }

    /** Whether the next token begins a value, or ends the array that just began. */
    final boolean expectsValue() {
        return expect == Expect.VALUE || expect == Expect.VALUE_OR_END;
    }

    /**
     * Runs over whole tokens, with everything in local variables, for most of a payload is read here. Stops before what is
     * not whole, not usual or not JSON: that is left to {@link JsonScanner}, which knows how to go on and what to say.
     *
     * @param watched the level of the array between whose elements {@link #between} stands, and whose end is not read; where
     *     one is watched, what could be hidden ends the run
     */
    final void run(byte[] bytes, int limit, int outer, int watched) {
        int at = position;
        int level = depth;
        boolean object = nesting.isObject(level);
        Expect next = expect;
        sample.keepIf(decider != null && !decider.remembersAny());
        while (at < limit && (watched == NO_LEVEL || !mayBeHidden())) {
            byte lead = bytes[at];
            if (next == Expect.COMMA_OR_END) {
                if (level == watched) {
                    between = at;
                }
                if (lead == ',') {
                    next = object ? Expect.NAME : Expect.VALUE;
                } else if (lead == (object ? '}' : ']') && level != watched) {
                    object = nesting.isObject(--level);
                    sample.closed(level, at + 1, !mayBeHidden());
                    list.closed(level);
                    if (level <= outer) {
                        at++;
                        break;
                    }
                } else {
                    break;
                }
                if (++at == limit) {
                    break;
                }
                if (next == Expect.COMMA_OR_END) {
                    continue;
                }
                lead = bytes[at];
            }
            if (object && next != Expect.VALUE) {
                int end = lead == '"' ? JsonBytes.plainEnd(bytes, at + 1, limit) : limit;
                if (end + 2 >= limit || bytes[end] != '"' || bytes[end + 1] != ':') {
                    break;
                }
                lookAtPlain(bytes, at + 1, end);
                at = end + 2;
                next = Expect.VALUE;
                lead = bytes[at];
            }
            if (lead == '{' || lead == '[') {
                if (level == Nesting.MAX_DEPTH) {
                    break;
                }
                if (at + 1 < limit && bytes[at + 1] == lead + TO_CLOSING) {
                    at += 2;
                    next = Expect.COMMA_OR_END;
                    continue;
                }
                if (!object) {
                    list.element(level, at, next == Expect.VALUE_OR_END);
                    int end = sample.endOfLike(this, level, bytes, at, limit);
                    if (end != NOWHERE) {
                        at = end;
                        next = Expect.COMMA_OR_END;
                        continue;
                    }
                    sample.begin(level, at);
                }
                object = lead == '{';
                nesting.set(++level, object);
                at++;
                next = object ? Expect.NAME_OR_END : Expect.VALUE_OR_END;
            } else {
                int end = valueEnd(bytes, at, limit);
                if (end == NOWHERE) {
                    break;
                }
                sample.value(at, end);
                at = end;
                next = Expect.COMMA_OR_END;
            }
        }
        position = at;
        depth = level;
        expect = level == 0 ? Expect.NOTHING : next;
    }

    /**
     * The end of a string, number or word, of which every byte was looked at.
     *
     * @return {@link #NOWHERE} where no such thing stands, or not whole, or it is unusual
     * @throws UnreadablePayloadException if a string is none
     */
    final int valueEnd(byte[] bytes, int at, int limit) {
        if (at < limit && bytes[at] == '"') {
            int end = JsonBytes.plainEnd(bytes, at + 1, limit);
            if (end < limit && bytes[end] == '"') {
                lookAtPlain(bytes, at + 1, end);
                return end + 1;
            }
            end = JsonBytes.stringEnd(bytes, end, limit);
            if (end >= limit || bytes[end] != '"') {
                return NOWHERE;
            }
            lookAt(bytes, at + 1, end);
            return end + 1;
        }
        int end = at < limit ? JsonBytes.scalarEnd(bytes, at, limit) : limit;
        if (end == limit || !JsonBytes.endsValue(bytes[end])) {
            return NOWHERE;
        }
        lookAtPlain(bytes, at, end);
        return end;
    }
}
