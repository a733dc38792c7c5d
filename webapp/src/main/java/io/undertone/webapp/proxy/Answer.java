package io.undertone.webapp.proxy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The whole of an answer. */
@FunctionalInterface
interface Answer {
    /** Writes it to a response of which nothing is sent yet. */
    void writeTo(HttpServletResponse proxyToClientResponse) throws IOException;
}
