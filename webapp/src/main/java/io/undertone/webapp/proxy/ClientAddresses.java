package io.undertone.webapp.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/** Who asks: the peer of the connection, or whom a trusted proxy names instead. Immutable. */
public final class ClientAddresses {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final InetAddressSet trusted = new InetAddressSet();

    /** @param trustedProxies addresses and CIDR ranges */
    public ClientAddresses(List<String> trustedProxies) {
        trusted.addAll(trustedProxies);
    }

    /** Whether what the peer says of its own client is believed. */
    public boolean trustsPeerOf(HttpServletRequest clientToProxyRequest) {
        return isTrusted(clientToProxyRequest.getRemoteAddr());
    }

    /**
     * The address of the client: from the end of {@code X-Forwarded-For}, to which each proxy adds its own peer, the first one
     * that is no trusted proxy's.
     */
    public String of(HttpServletRequest clientToProxyRequest) {
        String address = clientToProxyRequest.getRemoteAddr();
        List<String> chain = new ArrayList<>();
        for (String field : Collections.list(clientToProxyRequest.getHeaders(FORWARDED_FOR))) {
            chain.addAll(List.of(field.split(",")));
        }
        for (int last = chain.size() - 1; last >= 0 && isTrusted(address); last--) {
            String named = chain.get(last).strip();
            if (parsed(named) == null) {
                break;
            }
            address = named;
        }
        return address;
    }

    /** Whether an address is one of the trusted proxies. */
    public boolean trusts(InetAddress address) {
        return !trusted.isEmpty() && trusted.test(address);
    }

    private boolean isTrusted(String address) {
        return !trusted.isEmpty() && trusted.test(parsed(address));
    }

    /** Null for what is no address: a name would be looked up. */
    private static @Nullable InetAddress parsed(String text) {
        try {
            return LITERAL.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException notOne) {
            return null;
        }
    }
}
