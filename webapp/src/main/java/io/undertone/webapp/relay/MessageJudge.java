package io.undertone.webapp.relay;

import java.util.Optional;

/** Says what a customer may see of one socket: its handshake's fields, and its messages. Called for one message after the other, in their order. */
public interface MessageJudge {
    /**
     * Judges one field of the chat server's answer to the handshake. Called for each before the first message.
     *
     * @return the value that goes on; empty where the field does not
     */
    Optional<String> judgeField(String serverToProxyName, String serverToProxyValue);

    /**
     * Judges one whole message, text or binary.
     *
     * @param serverToProxyMessage what the chat server sent; text is in UTF-8
     * @return what goes on, the same array where nothing was changed; empty where nothing of the message does
     */
    Optional<byte[]> judge(byte[] serverToProxyMessage);

    /**
     * Judges why the chat server closes the socket.
     *
     * @return whether the customer may be told; the words go on as they are, or not at all
     */
    boolean mayBeTold(String serverToProxyReason);
}
