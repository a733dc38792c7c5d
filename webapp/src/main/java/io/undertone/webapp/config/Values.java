package io.undertone.webapp.config;

import com.google.re2j.PatternSyntaxException;
import io.undertone.filters.dialect.PathTree;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.InetAddressSet;
import org.postgresql.Driver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one written value means. Each method throws an {@link IllegalArgumentException} whose message says what is wrong and
 * what to write instead.
 */
public final class Values {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KB|MB|GB)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,9})/([sm])");
    private static final Pattern ADDRESS_RANGE =
            Pattern.compile("[0-9.]+(/\\d{1,2})?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/\\d{1,3})?");
    private static final String ADDRESS_RANGE_MEND =
            "is neither an address nor a range of them; write them as 10.1.2.3, 10.0.0.0/8 or fd00::/8";
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[a-z0-9._~\\[\\]:-]+");
    private static final Pattern ROOT = Pattern.compile("^\\$(?=$|[.\\[])");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String INTERACTION_ID = "{InteractionId}";
    private static final String H2 = "jdbc:h2:";

    /** What a JDBC URL of PostgreSQL begins with. */
    static final String POSTGRESQL = "jdbc:postgresql:";

    private Values() {}

    /**
     * The server behind a route.
     *
     * @return an absolute http or https URL with a host, perhaps a path, and nothing behind it
     */
    public static URI upstream(String text) {
        URI url = httpUrl(text, "http://HOST:PORT");
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw wrong(text, "has a query or a fragment; write http://HOST:PORT and perhaps a path");
        }
        return url;
    }

    /** A port to listen on; 0 is any free one. */
    public static int port(String text) {
        return wholeNumber(text, 0, 65_535);
    }

    /** A whole number between two others, which it may be, too. */
    public static int wholeNumber(String text, int least, int most) {
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw wrong(text, "is not a whole number from " + least + " to " + most);
    }

    static URI httpUrl(String text, String model) {
        try {
            URI url = new URI(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (url.getRawUserInfo() != null) {
                throw new IllegalArgumentException("has a user name or a password in it; write " + model);
            }
            if (http && url.getHost() != null && url.getPort() != 0 && url.getPort() <= 65_535) {
                return url;
            }
            // Without a host, as in localhost:8080, what looks like a scheme is none.
            if (!http && url.getScheme() != null && url.getHost() != null) {
                throw wrong(text, "has the scheme " + url.getScheme() + ", not http or https; write " + model);
            }
        } catch (URISyntaxException notOne) {
            throw wrong(text, "is not a URL; write " + model, notOne);
        }
        throw wrong(text, "is not a URL; write " + model);
    }

    /** A URL that says with {@code {InteractionId}} where the id goes. */
    static String interactionUrl(String text) {
        if (!text.contains(INTERACTION_ID)) {
            throw wrong(text, "has no " + INTERACTION_ID + " in it to tell which one");
        }
        httpUrl(text.replace(INTERACTION_ID, "id"), "http://HOST:PORT/PATH/" + INTERACTION_ID);
        return text;
    }

    static String jdbcUrl(String text) {
        // The message does not repeat what may have a password in it.
        if (text.startsWith(H2) || (text.startsWith(POSTGRESQL) && new Driver().acceptsURL(text))) {
            return text;
        }
        throw new IllegalArgumentException(
                "is no JDBC URL of H2 or PostgreSQL; write jdbc:h2:file:PATH or jdbc:postgresql://HOST/NAME");
    }

    /** The first line of a file, which is all that it holds. The message never repeats it. */
    static String secretFile(String text) {
        try {
            List<String> lines = Files.readAllLines(Path.of(notBlank(text)));
            if (lines.size() == 1 && !lines.get(0).isBlank()) {
                return lines.get(0);
            }
            throw wrong(text, "is a file of " + lines.size() + " lines; write the password into it, in one line");
        } catch (IOException unreadable) {
            throw wrong(text, "cannot be read; name a file that can", unreadable);
        }
    }

    /** A prefix of decoded paths. Dot segments are none: servers resolve them before anybody looks. */
    static String routePath(String text) {
        if (text.matches("/|(/[^/?#;%\\s]+)+") && !text.matches(".*/\\.{1,2}(/.*)?")) {
            return text;
        }
        throw wrong(text, "is not a prefix of a path; write / or, decoded and without a slash at the end, /genesys");
    }

    /** A pattern in RE2 syntax, which matches in linear time. */
    static String pattern(String text) {
        try {
            com.google.re2j.Pattern.compile(notBlank(text));
            return text;
        } catch (PatternSyntaxException notOne) {
            throw wrong(text, "is no pattern in RE2 syntax (" + notOne.getDescription() + ")", notOne);
        }
    }

    /**
     * A place in a payload, as {@link PathTree} has it. It may begin with {@code $}, the whole, as a JSONPath does.
     *
     * @return the path without that; empty for the whole
     */
    static String payloadPath(String text) {
        String path = ROOT.matcher(notBlank(text)).replaceFirst("");
        PathTree.of(Map.of(path, true));
        return path;
    }

    /** A JSON value, as it is to be sent. */
    static String json(String text) {
        try {
            JSON.readTree(notBlank(text));
            return text;
        } catch (JacksonException notOne) {
            throw wrong(text, "is no JSON; write a text with its quotes, as in '\"text\"'", notOne);
        }
    }

    static boolean yesOrNo(String text) {
        return spelled(text, "true", "false").equals("true");
    }

    /** RFC 6750 section 2.1 says which characters a bearer token may have. The message never repeats the token. */
    public static String token(String text) {
        if (text.matches("[A-Za-z0-9._~+/-]+=*")) {
            return text;
        }
        throw new IllegalArgumentException(
                "a token is made of letters, digits and -._~+/ and may end with =; leave it out to have one made");
    }

    /** As {@link #duration}, or zero with any unit. */
    static Duration durationOrNone(String text) {
        return text.matches("0+(ms|s|m|h)") ? Duration.ZERO : duration(text);
    }

    /** A time with its unit: {@code 500ms}, {@code 10s}, {@code 2m}, {@code 1h}; never zero. */
    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw wrong(text, "is not a duration; write a number and its unit, such as 500ms, 10s or 2m");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** A number of bytes with its unit, of 1024 each: {@code 500KB}, {@code 64MB}, {@code 2GB}; never zero. */
    static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw wrong(text, "is not a size; write a number and its unit, such as 500KB, 64MB or 2GB");
        }
        int unit =
                switch (matcher.group(2)) {
                    case "KB" -> 10;
                    case "MB" -> 20;
                    default -> 30;
                };
        return Long.parseLong(matcher.group(1)) << unit;
    }

    /** Requests in a time: {@code 20/s}, {@code 600/m}. */
    static RequestRate rate(String text) {
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
            throw wrong(text, "is not a rate; write how many in a second or a minute, such as 20/s or 600/m");
        }
        return new RequestRate(Integer.parseInt(matcher.group(1)), duration("1" + matcher.group(2)));
    }

    /** An address or a CIDR range of them; never a name, which would have to be looked up. */
    static String addressRange(String text) {
        try {
            if (ADDRESS_RANGE.matcher(text).matches() && new InetAddressSet().add(text)) {
                return text;
            }
        } catch (IllegalArgumentException notOne) {
            throw wrong(text, ADDRESS_RANGE_MEND, notOne);
        }
        throw wrong(text, ADDRESS_RANGE_MEND);
    }

    /** An origin as browsers send it (RFC 6454 section 6.2), or {@code *}. */
    static String origin(String text) {
        if (text.equals(CorsConfig.ANY_ORIGIN) || ORIGIN.matcher(text).matches()) {
            return text;
        }
        throw wrong(text, "is not an origin; write scheme and host in small letters, such as https://shop.example");
    }

    /** The constant of an enum whose spelling is meant, in any case. */
    public static <E extends Enum<E>> E constant(String text, Class<E> type, String... spellings) {
        return Enum.valueOf(type, spelled(text, spellings).toUpperCase(Locale.ROOT));
    }

    /** The spelling that is meant, in any case. */
    public static String spelled(String text, String... spellings) {
        for (String spelling : spellings) {
            if (spelling.equalsIgnoreCase(text)) {
                return spelling;
            }
        }
        throw wrong(text, "is none of " + String.join(", ", spellings));
    }

    static String notBlank(String text) {
        return notBlank(text, "write a value or leave the key out");
    }

    /** @param mend what to do where there is nothing */
    static String notBlank(String text, String mend) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty; " + mend);
        }
        return text;
    }

    private static IllegalArgumentException wrong(String text, String what) {
        return new IllegalArgumentException('"' + text + "\" " + what);
    }

    private static IllegalArgumentException wrong(String text, String what, Throwable cause) {
        return new IllegalArgumentException('"' + text + "\" " + what, cause);
    }
}
