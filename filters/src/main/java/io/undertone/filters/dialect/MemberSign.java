package io.undertone.filters.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A member of a JSON object that says by its value what becomes of its chat, as it stands in the bytes of a payload. Its name is
 * looked for in its quotes, which within a string would be escaped: nobody's words are taken for it. Immutable.
 */
public final class MemberSign {
    /** What is said; where more is said than one, the last of these counts. */
    public enum Saying {
        NOTHING,
        /** That the chat goes on, if all others that can say it do. */
        GOES_ON,
        /** That the chat ended. */
        ENDED
    }

    /** More white space than anybody writes between a name and its value. */
    private static final int MOST_SPACE = 16;

    private final byte[] name;
    private final byte @Nullable [] ended;
    private final byte @Nullable [] goesOn;

    /** How far to go on from a place whose last byte is that one (Horspool's search). */
    private final int[] skips = new int[256];

    /** Its values are as JSON. */
    private MemberSign(String name, @Nullable String ended, @Nullable String goesOn) {
        this.name = ('"' + name + '"').getBytes(UTF_8);
        this.ended = ended == null ? null : ended.getBytes(UTF_8);
        this.goesOn = goesOn == null ? null : goesOn.getBytes(UTF_8);
        Arrays.fill(skips, this.name.length);
        for (int at = 0; at < this.name.length - 1; at++) {
            skips[this.name[at] & 0xff] = this.name.length - 1 - at;
        }
    }

    /** One for each name. */
    static List<MemberSign> of(Map<String, String> ended, Map<String, String> goesOn) {
        Set<String> names = new LinkedHashSet<>(ended.keySet());
        names.addAll(goesOn.keySet());
        return names.stream()
                .map(name -> new MemberSign(name, ended.get(name), goesOn.get(name)))
                .toList();
    }

    /** Whether one of its values says that the chat ended. */
    public boolean canEnd() {
        return ended != null;
    }

    /** Whether one of its values says that the chat goes on. */
    public boolean canGoOn() {
        return goesOn != null;
    }

    /** What it says, where it stands whole in these bytes. */
    public Saying in(byte[] bytes, int from, int to) {
        Saying said = Saying.NOTHING;
        for (int at = from; at + name.length <= to; at += skips[bytes[at + name.length - 1] & 0xff]) {
            int end = at + name.length;
            // The last byte of a name alone is common: it is a quote.
            if (bytes[end - 2] == name[name.length - 2] && Arrays.equals(name, 0, name.length, bytes, at, end)) {
                Saying here = behind(bytes, end, to);
                if (here == Saying.ENDED || (here == Saying.GOES_ON && !canEnd())) {
                    return here;
                }
                said = here == Saying.GOES_ON ? here : said;
            }
        }
        return said;
    }

    private Saying behind(byte[] bytes, int from, int to) {
        int colon = pastSpace(bytes, from, to);
        if (colon == to || bytes[colon] != ':') {
            return Saying.NOTHING;
        }
        int at = pastSpace(bytes, colon + 1, to);
        if (isWhole(ended, bytes, at, to)) {
            return Saying.ENDED;
        }
        return isWhole(goesOn, bytes, at, to) ? Saying.GOES_ON : Saying.NOTHING;
    }

    /** Of a value whose end is not seen nobody knows whether it goes on, as 0 does in 0.5. */
    private static boolean isWhole(byte @Nullable [] value, byte[] bytes, int from, int to) {
        if (value == null || to - from <= value.length) {
            return false;
        }
        byte next = bytes[from + value.length];
        return Arrays.equals(value, 0, value.length, bytes, from, from + value.length)
                && (next == ',' || next == '}' || isSpace(next));
    }

    private static int pastSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\t' || next == '\r' || next == '\n';
    }

    /** The most bytes that it takes, in all spellings that are looked for, with the one behind it. */
    public int longest() {
        int value = Math.max(ended == null ? 0 : ended.length, goesOn == null ? 0 : goesOn.length);
        return name.length + 1 + MOST_SPACE + value + 1;
    }
}
