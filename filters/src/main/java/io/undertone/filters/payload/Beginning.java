package io.undertone.filters.payload;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells by a body's first bytes whether it may be a chat's, where its type says that it is something else. Of few bytes it
 * tells whether they may become such a beginning. Its patterns never try a character twice.
 */
public final class Beginning {
    /** Where a payload shows what it is. */
    private static final int LENGTH = 512;

    /** A function's name, or the path to it. */
    private static final String NAME = "[\\w$.\\[\\]\"']++";

    /**
     * The call of a function, up to its argument. Some servers put an empty comment in front, against a known attack on
     * Flash, and some ask first whether there is such a function.
     */
    static final String CALL = "\\s*+(?:/\\*\\*/)?+\\s*+(?:typeof\\s++" + NAME
            + "\\s*+===?\\s*+[\"']function[\"']\\s*+&&\\s*+)?+" + NAME + "\\s*+\\(";

    /** Called with an object or an array, which an application's own scripts do not begin with. */
    private static final Pattern CALL_WITH_JSON = Pattern.compile(CALL + "\\s*+[\\[{]");

    /**
     * An object or an array. Before it may stand a byte order mark, and what keeps other sites from running it as a script.
     * Of UTF-16 and UTF-32 the NULs are left out.
     */
    private static final Pattern JSON = Pattern.compile("\\s*+(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?+\\s*+"
            + "(?:\\)\\]\\}'?+,?+|(?:while|for)\\s*+\\((?:1|;;)\\)\\s*+;)?+\\s*+[\\[{]");

    private Beginning() {}

    /** Whether a body may be JSON, bare or guarded. */
    public static boolean mayBeJson(byte[] body) {
        return mayBe(JSON, text(body).replace("\0", ""));
    }

    /** Whether a body may be JSONP: a script that calls a function with an object or an array. */
    public static boolean mayBeCall(byte[] body) {
        return mayBe(CALL_WITH_JSON, text(body));
    }

    private static boolean mayBe(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return !text.isEmpty() && (matcher.lookingAt() || matcher.hitEnd());
    }

    /** The first bytes, one character each. */
    static String text(byte[] body) {
        return new String(body, 0, Math.min(LENGTH, body.length), StandardCharsets.ISO_8859_1);
    }
}
