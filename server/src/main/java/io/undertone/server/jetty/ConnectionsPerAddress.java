package io.undertone.server.jetty;

import io.undertone.webapp.proxy.ClientAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections of an address that has as many as it may. A network of IPv6 that is handed out whole (64 bits, RFC
 * 4291 section 2.5.4) counts as one address. Those of a trusted proxy are its clients' and do not count. Thread-safe.
 */
final class ConnectionsPerAddress implements SelectorManager.AcceptListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionsPerAddress.class);
    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final ClientAddresses clients;
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();
    /** A channel that is closed no longer knows whom it led to. */
    private final Map<SelectableChannel, InetAddress> owners = new ConcurrentHashMap<>();

    ConnectionsPerAddress(int most, ClientAddresses clients) {
        this.most = most;
        this.clients = clients;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        InetAddress owner = owner(channel);
        if (owner == null) {
            return;
        }
        owners.put(channel, owner);
        if (open.merge(owner, 1, Integer::sum) > most) {
            LOG.info("a connection was closed: its address has {} open", most);
            IO.close(channel);
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        release(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        release(channel);
    }

    private void release(SelectableChannel channel) {
        InetAddress owner = owners.remove(channel);
        if (owner != null) {
            open.computeIfPresent(owner, (address, count) -> count == 1 ? null : count - 1);
        }
    }

    private @Nullable InetAddress owner(SelectableChannel channel) {
        try {
            return channel instanceof SocketChannel socket
                            && socket.getRemoteAddress() instanceof InetSocketAddress remote
                            && !clients.trusts(remote.getAddress())
                    ? network(remote.getAddress())
                    : null;
        } catch (IOException alreadyClosed) {
            return null;
        }
    }

    /** The address itself, and of IPv6 the network that it is in. */
    static InetAddress network(InetAddress address) throws UnknownHostException {
        byte[] bytes = address.getAddress();
        if (bytes.length > 2 * NETWORK_BYTES - 1) {
            Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        }
        return InetAddress.getByAddress(bytes);
    }
}
