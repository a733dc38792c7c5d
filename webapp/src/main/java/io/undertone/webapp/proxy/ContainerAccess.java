package io.undertone.webapp.proxy;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may touch what is the container's of one exchange, and until when: containers have threads of their own that find errors,
 * and let the next request have what belonged to this one. Thread-safe.
 */
final class ContainerAccess {
    private final Lock lock = new ReentrantLock();
    private final boolean sharesConnection;
    private volatile boolean isOver;

    /** @param protocol as the client's request names it, such as {@code HTTP/2.0} */
    ContainerAccess(String protocol) {
        this.sharesConnection = protocol.startsWith("HTTP/2");
    }

    /** What asks the container to tell when there is something to read, or room to write. */
    interface Listening {
        void begin() throws IOException;
    }

    /**
     * Held while a thread of ours is in a call by which the exchange is written or ended. Tomcat may find in such a call that
     * the client is gone, has a thread of its own tell us so, and then lets the next request have what belonged to this one.
     * The call that is still on its way out would mark that next one as failed, and cut a reply to somebody else. So Tomcat's
     * thread is kept until ours is out.
     */
    Lock lock() {
        return lock;
    }

    /**
     * Has the container call a listener from now on, unless the exchange is over. Tomcat calls one that comes later, finds that
     * nobody ought to listen, and ends the connection: over HTTP/2 with the requests of all who share it. Where they share none,
     * Tomcat locks it meanwhile, and a lock of ours around that could be waited for for ever.
     *
     * @throws IllegalStateException if the exchange is over
     */
    void listen(Listening listening) throws IOException {
        if (!sharesConnection) {
            beginUnlessOver(listening);
            return;
        }
        lock.lock();
        try {
            beginUnlessOver(listening);
        } finally {
            lock.unlock();
        }
    }

    private void beginUnlessOver(Listening listening) throws IOException {
        if (isOver) {
            throw new IllegalStateException("the exchange is over");
        }
        listening.begin();
    }

    /** Ends the exchange, unless it is over: the container and the upstream may both want to, and only the first may answer. */
    void end(Runnable last) {
        lock.lock();
        try {
            if (!isOver) {
                isOver = true;
                last.run();
            }
        } finally {
            lock.unlock();
        }
    }
}
