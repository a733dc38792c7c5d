package io.undertone.server.drill;

import io.undertone.server.sandbox.ContactCentre;
import io.undertone.webapp.probe.Mode;
import io.undertone.webapp.probe.ProbeAnswer;
import io.undertone.webapp.probe.ProbeRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes of Undertone as customers and workflows reach them: each chat has a node of its own and goes to another when that
 * one does not answer, or dies over the answer. A workflow that reaches none of them routes.
 */
final class Nodes implements Line, Gate {
    private final List<Node> nodes;
    private final ContactCentre centre;

    Nodes(List<Node> nodes, ContactCentre centre) {
        this.nodes = List.copyOf(nodes);
        this.centre = centre;
    }

    @Override
    public Optional<byte[]> carry(Chat chat, byte[] reply) {
        return nodesFor(chat).stream().filter(Node::isUp).findFirst().map(node -> node.veil(chat.id(), reply));
    }

    @Override
    public Advice ask(Chat chat) {
        return nodesFor(chat).stream()
                .filter(Node::isUp)
                .flatMap(node -> node.ask(question(chat)).stream())
                .findFirst()
                .map(Nodes::advice)
                .orElse(Advice.ROUTE);
    }

    private List<Node> nodesFor(Chat chat) {
        List<Node> inTurn = new ArrayList<>(nodes);
        // Chats are told apart by pairs, for in each pair one is on the server that crashes.
        Collections.rotate(inTurn, chat.number() / 2);
        return inTurn;
    }

    /** Reads the user data afresh, as a workflow has to. */
    private ProbeRequest question(Chat chat) {
        Map<String, String> userData = centre.userData(chat.id());
        return new ProbeRequest(
                chat.id(),
                userData.get("ChatServerAppName"),
                "1".equals(userData.get("IsOnline")),
                Map.of(),
                Mode.ONE_SHOT,
                null,
                null);
    }

    private static Advice advice(ProbeAnswer answer) {
        return new Advice(answer.route(), answer.retryAfter());
    }
}
