package io.undertone.webapp.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what an upstream says of its own address into ours, so that no client walks around the proxy: redirects and cookies.
 * What speaks of other servers stays as it is, to the byte. Immutable.
 */
final class AddressRewriter {
    private static final Pattern REFRESH =
            Pattern.compile("(?i)(\\s*[\\d.]+\\s*[;,]\\s*url\\s*=\\s*[\"']?)([^\"']*)(.*)");

    private final List<URI> upstreams;
    private final String base;
    private final String contextPath;
    private final @Nullable String clientToProxyHost;

    /**
     * @param upstream the one that answered
     * @param upstreams all that the route has
     * @param contextPath what stands before every path on our side
     * @param clientToProxyHost the {@code Host} that the client named, perhaps with a port; null if it named none
     */
    AddressRewriter(URI upstream, List<URI> upstreams, String contextPath, @Nullable String clientToProxyHost) {
        this.upstreams = upstreams;
        this.base = baseOf(upstream);
        this.contextPath = contextPath;
        this.clientToProxyHost = clientToProxyHost;
    }

    private static String baseOf(URI upstream) {
        String path = upstream.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The value of {@code Location} or {@code Content-Location} (RFC 9110 sections 10.2.2 and 8.7). */
    String location(String value) {
        URI uri;
        try {
            uri = new URI(value.strip());
        } catch (URISyntaxException unusual) {
            return value;
        }
        if (uri.isOpaque()) {
            return value;
        }
        if (uri.getRawAuthority() == null) {
            return uri.getRawPath().startsWith("/") ? changed(value, uri, base) : value;
        }
        if (uri.getRawAuthority().equalsIgnoreCase(clientToProxyHost)) {
            return base.isEmpty() && contextPath.isEmpty() ? value : onOurSide(uri, base);
        }
        return upstreams.stream()
                .filter(one -> isSameServer(one, uri))
                .findFirst()
                .map(one -> onOurSide(uri, baseOf(one)))
                .orElse(value);
    }

    private String changed(String value, URI uri, String before) {
        String ours = onOurSide(uri, before);
        return ours.equals(value.strip()) ? value : ours;
    }

    /** A reference without an authority: what stands before the proxy may be known by another name and scheme. */
    private String onOurSide(URI uri, String before) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String fragment = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
        return ownPath(uri.getRawPath(), before) + query + fragment;
    }

    private String ownPath(String path, String before) {
        boolean isBelow = path.equals(before) || path.startsWith(before + "/");
        String tail = isBelow ? path.substring(before.length()) : path;
        // Two slashes would begin a host's name.
        return contextPath + "/" + tail.replaceFirst("^/+", "");
    }

    private boolean isSameServer(URI one, URI uri) {
        String scheme = uri.getScheme() == null ? one.getScheme() : uri.getScheme();
        return uri.getHost() != null
                && uri.getHost().equalsIgnoreCase(one.getHost())
                && port(uri.getPort(), scheme) == port(one.getPort(), one.getScheme());
    }

    /** The port of an address, or that of its scheme where it names none. */
    static int port(int port, String scheme) {
        return port >= 0 ? port : scheme.equalsIgnoreCase("https") ? 443 : 80;
    }

    /** The value of {@code Refresh}, which browsers take for a redirect. */
    String refresh(String value) {
        Matcher matcher = REFRESH.matcher(value);
        return matcher.matches() ? matcher.group(1) + location(matcher.group(2)) + matcher.group(3) : value;
    }

    /**
     * The value of {@code Set-Cookie} (RFC 6265 section 4.1): its path loses what stands before the upstream's paths, and a domain
     * goes that the client would refuse from us, so that the cookie is for our host alone. {@code Secure} stays: whether a proxy
     * in front of us speaks https is not known here.
     */
    String setCookie(String value) {
        List<String> parts = new ArrayList<>();
        for (String part : value.split(";", -1)) {
            String[] pair = part.split("=", 2);
            String written = pair.length == 2 ? pair[1].strip() : "";
            switch (parts.isEmpty() ? "" : pair[0].strip().toLowerCase(Locale.ROOT)) {
                case "path" -> parts.add(written.startsWith("/") ? path(part, pair[0], written) : part);
                case "domain" -> {
                    if (isOurs(written)) {
                        parts.add(part);
                    }
                }
                default -> parts.add(part);
            }
        }
        return String.join(";", parts);
    }

    private String path(String part, String name, String path) {
        String ours = ownPath(path, base);
        return ours.equals(path) ? part : name + "=" + ours;
    }

    /** RFC 6265 section 5.1.3. */
    private boolean isOurs(String domain) {
        if (clientToProxyHost == null) {
            return false;
        }
        String name = domain.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT);
        String host = clientToProxyHost.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return host.equals(name) || host.endsWith("." + name);
    }
}
