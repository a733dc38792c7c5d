package io.undertone.server.drill;

import io.undertone.server.sandbox.ContactCentre;
import io.undertone.webapp.probe.Mode;
import io.undertone.webapp.probe.ProbeAnswer;
import io.undertone.webapp.probe.ProbeRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The nodes of Undertone as customers and workflows reach them: each customer has a node of their own, and a workflow's
 * questions go to one after the other. Both go to the next when one does not answer, or dies over the answer. A workflow that
 * reaches none of them routes.
 */
final class Nodes implements Line, Gate {
    private final List<Node> nodes;
    private final ContactCentre centre;
    private int questions;

    Nodes(List<Node> nodes, ContactCentre centre) {
        this.nodes = List.copyOf(nodes);
        this.centre = centre;
    }

    @Override
    public Optional<byte[]> carry(Chat chat, byte[] reply) {
        // Chats are told apart by pairs, for in each pair one is on the server that crashes.
        return from(chat.number() / 2).filter(Node::isUp).findFirst().map(node -> node.veil(chat.id(), reply));
    }

    @Override
    public Advice ask(Chat chat) {
        return from(questions++)
                .filter(Node::isUp)
                .flatMap(node -> node.ask(question(chat)).stream())
                .findFirst()
                .map(Nodes::advice)
                .orElse(Advice.ROUTE);
    }

    private Stream<Node> from(int first) {
        return IntStream.range(first, first + nodes.size()).mapToObj(number -> nodes.get(number % nodes.size()));
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
