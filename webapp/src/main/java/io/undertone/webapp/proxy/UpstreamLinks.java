package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.undertone.filters.dialect.Dialect;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The addresses that chat servers name in their replies: GMS V1 for a chat's operations, such as {@code
 * _chatIxnAPI_SEND_URL} ("Chat API Version 1"), and Direct Line for a conversation's WebSocket, {@code streamUrl} ("Direct Line
 * API 3.0"). Clients follow them, and those that lead to an upstream would lead around the proxy. Immutable.
 */
final class UpstreamLinks {
    private static final String V1 = "/1/service/";
    private static final String DIRECT_LINE = "/directline/conversations";

    /** Its paths are those of all that is carried by CometD, and most of that has no such addresses. */
    private static final String COMETD = "genesys-v1-cometd";

    /** A slash as JSON may write it (RFC 8259 section 7). */
    private static final String SLASH = "(?<slash>\\\\?/)";

    /** What may follow a host, and a part of a path. */
    private static final String END = "\\/?#\"";

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SPACE = 16;

    private final List<URI> upstreams;
    private final Pattern link;
    /** No link begins so far before its path ends. */
    private final int longest;

    UpstreamLinks(List<URI> upstreams) {
        this.upstreams = upstreams;
        String hosts = upstreams.stream().map(URI::getHost).map(Pattern::quote).collect(Collectors.joining("|"));
        String space = "\\s{0," + LONGEST_SPACE + "}";
        link = Pattern.compile(
                "(?i)(?<name>\"(?:_\\w{1," + LONGEST_NAME + "}_url|streamUrl)\"" + space + ":" + space + "\")"
                        + "(?<scheme>https?|wss?):" + SLASH + "\\k<slash>(?<host>" + hosts + ")(?::(?<port>\\d{1,5}))?"
                        + "(?=[" + Pattern.quote(END) + "])");
        longest = LONGEST_NAME
                + 2 * LONGEST_SPACE
                + "\"__url\":\"https:\\/\\/:65535\\/".length()
                + upstreams.stream()
                        .mapToInt(url ->
                                url.getHost().length() + 2 * url.getRawPath().length())
                        .max()
                        .orElse(0);
    }

    /** Whether replies to a request for that path may have such addresses. */
    static boolean mayBeUnder(String path, Dialect dialect) {
        String lowerCase = path.toLowerCase(Locale.ROOT);
        return lowerCase.contains(V1)
                || isConversation(lowerCase)
                || (dialect.isLike(COMETD) && dialect.isChatPath(path));
    }

    /** A conversation or all of them, and not what is said in one. */
    private static boolean isConversation(String path) {
        int begin = path.indexOf(DIRECT_LINE);
        return begin >= 0 && path.indexOf('/', begin + DIRECT_LINE.length() + 1) < 0;
    }

    /**
     * Begins with one reply.
     *
     * @param ours what stands before each path on our side, such as {@code https://chat.example}, in characters that JSON
     *     writes as they are
     */
    Editing begin(String ours) {
        return new Editing(ours);
    }

    /** Edits the bytes of one reply, as they come. What is no such address stays to the byte. Not thread-safe. */
    final class Editing {
        private final String ours;
        private String held = "";

        private Editing(String ours) {
            this.ours = ours;
        }

        /** Takes some bytes, and returns those that nothing which follows can change. */
        byte[] edit(byte[] bytes, int offset, int length) {
            String text = held + new String(bytes, offset, length, ISO_8859_1);
            return edit(text, Math.max(0, text.length() - longest));
        }

        /** Returns what is left when no more comes. */
        byte[] end() {
            return edit(held, held.length());
        }

        /** Takes all bytes at once. */
        byte[] all(byte[] bytes) {
            return edit(new String(bytes, ISO_8859_1), bytes.length);
        }

        /** @param sure before which a link that begins is all there */
        private byte[] edit(String text, int sure) {
            StringBuilder edited = new StringBuilder(text.length());
            Matcher matcher = link.matcher(text);
            int done = 0;
            while (matcher.find() && matcher.start() < sure) {
                edited.append(text, done, matcher.start());
                done = replace(text, matcher, edited);
            }
            int end = Math.max(done, sure);
            edited.append(text, done, end);
            held = text.substring(end);
            return edited.toString().getBytes(ISO_8859_1);
        }

        /** A WebSocket's scheme instead of HTTP's, where it was one before. */
        private String origin(Matcher found) {
            return isSocket(found) && ours.startsWith("http") ? "ws" + ours.substring("http".length()) : ours;
        }

        /** Returns where it ended. */
        private int replace(String text, Matcher found, StringBuilder edited) {
            Optional<URI> upstream =
                    upstreams.stream().filter(one -> leadsTo(one, found)).findFirst();
            if (upstream.isEmpty()) {
                edited.append(text, found.start(), found.end());
                return found.end();
            }
            String slash = found.group("slash");
            edited.append(found.group("name")).append(origin(found).replace("/", slash));
            String base = upstream.get().getRawPath().replaceFirst("/$", "").replace("/", slash);
            int end = found.end() + base.length();
            boolean isBelow =
                    text.startsWith(base, found.end()) && (end == text.length() || END.indexOf(text.charAt(end)) >= 0);
            return isBelow ? end : found.end();
        }
    }

    private static boolean isSocket(Matcher found) {
        return found.group("scheme").toLowerCase(Locale.ROOT).startsWith("ws");
    }

    private static boolean leadsTo(URI upstream, Matcher found) {
        String named = found.group("port");
        boolean isSecure = found.group("scheme").toLowerCase(Locale.ROOT).matches("https|wss");
        int port = named == null ? AddressRewriter.port(-1, isSecure ? "https" : "http") : Integer.parseInt(named);
        return found.group("host").equalsIgnoreCase(upstream.getHost())
                && port == AddressRewriter.port(upstream.getPort(), upstream.getScheme());
    }
}
