package io.undertone.server.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Whoever speaks on a {@link Connection}. Called by the thread of its {@link SocketLoop}. */
interface Peer {
    /**
     * Something came.
     *
     * @param bytes to be read now, all of them
     */
    void received(ByteBuffer bytes) throws IOException;

    /** The other side closed the connection, or it broke. */
    void lost();
}
