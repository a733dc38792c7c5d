package io.undertone.server.drill;

import java.util.Optional;

/** What stands between a customer and GMS. */
@FunctionalInterface
interface Line {
    /** Nothing does. */
    Line DIRECT = (chat, reply) -> Optional.of(reply);

    /** What the customer is sent of a reply; empty when they cannot get through. */
    Optional<byte[]> carry(Chat chat, byte[] reply);
}
