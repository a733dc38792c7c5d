package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The addresses that GMS V1 names in its replies for a chat's operations, such as {@code _chatIxnAPI_SEND_URL} ("Chat API
 * Version 1"). Clients follow them, and those that lead to an upstream would lead around the proxy. Immutable.
 */
final class UpstreamLinks {
    private static final String PATH = "/1/service/";

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
        link = Pattern.compile("(?i)(?<name>\"_\\w{1," + LONGEST_NAME + "}_url\"" + space + ":" + space + "\")"
                + "(?<scheme>https?):" + SLASH + "\\k<slash>(?<host>" + hosts + ")(?::(?<port>\\d{1,5}))?"
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
    static boolean mayBeUnder(String path) {
        return path.toLowerCase(Locale.ROOT).contains(PATH);
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

        /** Returns where it ended. */
        private int replace(String text, Matcher found, StringBuilder edited) {
            Optional<URI> upstream =
                    upstreams.stream().filter(one -> leadsTo(one, found)).findFirst();
            if (upstream.isEmpty()) {
                edited.append(text, found.start(), found.end());
                return found.end();
            }
            String slash = found.group("slash");
            edited.append(found.group("name")).append(ours.replace("/", slash));
            String base = upstream.get().getRawPath().replaceFirst("/$", "").replace("/", slash);
            int end = found.end() + base.length();
            boolean isBelow = text.startsWith(base, found.end()) && END.indexOf(text.charAt(end)) >= 0;
            return isBelow ? end : found.end();
        }
    }

    private static boolean leadsTo(URI upstream, Matcher found) {
        String named = found.group("port");
        int port = named == null ? AddressRewriter.port(-1, found.group("scheme")) : Integer.parseInt(named);
        return found.group("host").equalsIgnoreCase(upstream.getHost())
                && port == AddressRewriter.port(upstream.getPort(), upstream.getScheme());
    }
}
