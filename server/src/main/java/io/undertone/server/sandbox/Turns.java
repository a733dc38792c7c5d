package io.undertone.server.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes turns: the same servers, with another one first each time. */
final class Turns {
    private Turns() {}

    static List<ChatServer> of(List<ChatServer> servers, int turn) {
        List<ChatServer> rotated = new ArrayList<>(servers);
        Collections.rotate(rotated, -turn);
        return rotated;
    }
}
