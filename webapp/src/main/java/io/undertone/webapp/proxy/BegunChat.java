package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks in the reply to a request of no session for the chat that the request began, as GMS V2 names it ({@code chatId}), V1
 * its service ({@code _id}), or Direct Line ({@code conversationId}). Later requests name it in their paths. Not thread-safe.
 */
final class BegunChat {
    private static final Pattern ID = Pattern.compile(
            "\"(?:chatId|conversationId|_id)\"\\s{0,16}:\\s{0,16}\"(?<id>[^\"\\\\\\p{Cntrl}]{1,256})\"");

    /** Far more than the reply to the first request of a chat has. */
    private static final int MOST_CHARACTERS = 16 * 1024;

    private final StringBuilder seen = new StringBuilder();
    private boolean isOver;

    /** Takes some more of the reply's bytes, which stay as they are. Returns the chat's id once, when it is found. */
    Optional<String> lookIn(ByteBuffer more) {
        if (isOver) {
            return Optional.empty();
        }
        byte[] bytes = new byte[Math.min(more.remaining(), MOST_CHARACTERS - seen.length())];
        more.slice().get(bytes);
        seen.append(new String(bytes, ISO_8859_1));
        Matcher matcher = ID.matcher(seen);
        boolean isFound = matcher.find();
        isOver = isFound || seen.length() == MOST_CHARACTERS;
        return isFound ? Optional.of(matcher.group("id")) : Optional.empty();
    }
}
