package io.undertone.webapp.proxy;

import jakarta.servlet.ServletContext;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.ArrayByteBufferPool;

/**
 * A proxy under test.
 *
 * @param port where it listens
 * @param exchanges all that it carries
 * @param context where its servlet is
 */
record RunningProxy(int port, ExchangesInFlight exchanges, ServletContext context) {

    private HttpClient client() {
        return (HttpClient) context.getAttribute(ChatProxyServlet.NAME + ".HttpClient");
    }

    /** How many connections to upstreams are in use. */
    int connectionsInUse() {
        return client().getDestinations().stream()
                .map(Destination::getConnectionPool)
                .mapToInt(pool -> ((AbstractConnectionPool) pool).getActiveConnectionCount())
                .sum();
    }

    /** How many requests wait for a connection. */
    int requestsQueued() {
        return client().getDestinations().stream()
                .mapToInt(destination -> ((HttpDestination) destination).getQueuedRequestCount())
                .sum();
    }

    /** The bytes of all buffers towards upstreams, those in use and those kept for the next use. */
    long bufferedBytes() {
        ArrayByteBufferPool pool = (ArrayByteBufferPool) client().getByteBufferPool();
        return pool.getHeapMemory() + pool.getDirectMemory();
    }
}
