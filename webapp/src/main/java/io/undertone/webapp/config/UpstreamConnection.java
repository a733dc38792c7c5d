package io.undertone.webapp.config;

import io.undertone.webapp.tls.Trust;
import org.jspecify.annotations.Nullable;

/**
 * How a route's upstream is spoken to.
 *
 * @param verify whether an https upstream has to prove who it is; without it anybody on the way may read and change chats
 * @param trust whose word is taken for that, null for the authorities that the JDK trusts
 */
public record UpstreamConnection(
        Http2 http2, boolean verify, @Nullable Trust trust) {
    public static final UpstreamConnection DEFAULT = new UpstreamConnection(Http2.AUTO, true, null);

    /** Which version of HTTP. */
    public enum Http2 {
        /** Over https whichever the server chooses (ALPN), over http HTTP/1.1. */
        AUTO,
        /** HTTP/2 alone; over http by prior knowledge (RFC 9113 section 3.3). */
        ALWAYS,
        /** HTTP/1.1 alone. */
        NEVER
    }
}
