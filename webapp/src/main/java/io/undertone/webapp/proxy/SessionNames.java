package io.undertone.webapp.proxy;

import io.undertone.filters.dialect.Dialect;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.HttpCookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request calls its session, and an answer a new one. Immutable. */
final class SessionNames {
    /** Of the Servlet specification, and of CometD. */
    private static final Set<String> COOKIES = Set.of("JSESSIONID", "BAYEUX_BROWSER");

    private static final Pattern ALIAS = Pattern.compile("(?:^|&)alias=([^&]+)");

    private final Dialect dialect;

    SessionNames(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * The names in a request, the surest first: the chat in its path, then its cookies. An {@code alias} names the Chat Server
     * of many sessions, so it counts only where nothing else names one.
     */
    List<String> of(HttpServletRequest clientToProxyRequest) {
        List<String> names = new ArrayList<>();
        String path = RouteTable.pathOf(clientToProxyRequest);
        dialect.under(path).chatIdIn(path).ifPresent(chatId -> names.add(chat(chatId)));
        Cookie[] cookies = clientToProxyRequest.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (COOKIES.contains(cookie.getName())) {
                names.add(cookie.getName() + "=" + cookie.getValue());
            }
        }
        if (names.isEmpty()) {
            aliasIn(clientToProxyRequest.getQueryString(), names);
        }
        return names;
    }

    /** The name of a chat. */
    static String chat(String chatId) {
        return "chat=" + chatId;
    }

    /** Whether a request is a chat's, and names none yet. */
    boolean mayBegin(HttpServletRequest clientToProxyRequest) {
        String path = RouteTable.pathOf(clientToProxyRequest);
        return dialect.under(path).isChatPath(path) && of(clientToProxyRequest).isEmpty();
    }

    private static void aliasIn(@Nullable String query, List<String> names) {
        Matcher alias = ALIAS.matcher(query == null ? "" : query);
        if (alias.find()) {
            names.add("alias=" + alias.group(1));
        }
    }

    /** @param setCookies the values of {@code Set-Cookie} fields */
    List<String> begunBy(List<String> setCookies) {
        return setCookies.stream()
                .map(value -> value.split(";", 2)[0].strip())
                .filter(pair -> COOKIES.contains(pair.split("=", 2)[0].strip()))
                .map(SessionNames::unquoted)
                .toList();
    }

    /** As containers read the cookie when it comes back. */
    private static String unquoted(String pair) {
        HttpCookie cookie = HttpCookie.parse(pair).get(0);
        return cookie.getName() + "=" + cookie.getValue();
    }
}
