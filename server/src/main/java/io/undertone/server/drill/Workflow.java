package io.undertone.server.drill;

import io.undertone.server.sandbox.ContactCentre;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;

/**
 * The queue and the agents. Each chat waits for its turn; before an agent gets it, and every now and then while it waits, the
 * workflow asks whether to route it. An agent who gets a dead chat finds out after a while and gives it back to the queue.
 */
final class Workflow {
    /** How long an agent tries to reach somebody who is not there. */
    static final Duration LOST_WITH_A_DEAD_CHAT = Duration.ofMinutes(2);
    /** How long a chat waits for an agent before the workflow looks at it again. */
    private static final Duration WAIT = Duration.ofMinutes(2);

    /** Told of what a workflow does and of what an agent finds. */
    interface Observer {
        void deadChatShown(Chat chat);

        void handled(Chat chat);

        void stopped(Chat chat);
    }

    private record Desk(Chat chat, ScheduledFuture<?> end) {}

    private final ContactCentre centre;
    private final Gate gate;
    private final SimulatedTime time;
    private final Observer observer;
    private final TreeMap<Long, Chat> waiting = new TreeMap<>();
    private final Set<Long> beingAsked = new HashSet<>();
    private final Map<Chat, Desk> desks = new LinkedHashMap<>();
    private int freeAgents;
    private long lastTicket;

    Workflow(ContactCentre centre, Gate gate, int agents, SimulatedTime time, Observer observer) {
        this.centre = centre;
        this.gate = gate;
        this.freeAgents = agents;
        this.time = time;
        this.observer = observer;
    }

    /** A chat comes into the queue, behind all others. */
    void enter(Chat chat) {
        long ticket = ++lastTicket;
        waiting.put(ticket, chat);
        lookAgainLater(ticket, chat);
        dispatch();
    }

    /** The desktops have lost these chats: they go back to the queue. */
    void desktopsLost(String chatServer) {
        List<Desk> lost = desks.values().stream()
                .filter(desk ->
                        chatServer.equals(centre.userData(desk.chat().id()).get("ChatServerAppName")))
                .toList();
        for (Desk desk : lost) {
            desk.end().cancel(false);
            leave(desk.chat());
            enter(desk.chat());
        }
    }

    /** Gives agents chats while there are both; a chat that is still being asked about is passed by. */
    private void dispatch() {
        for (Map.Entry<Long, Chat> next = waiting.firstEntry();
                next != null && freeAgents > 0;
                next = waiting.higherEntry(next.getKey())) {
            if (!beingAsked.contains(next.getKey())) {
                ask(next.getKey(), next.getValue());
            }
        }
    }

    private void ask(long ticket, Chat chat) {
        beingAsked.add(ticket);
        Gate.Advice advice = gate.ask(chat);
        if (!advice.stands()) {
            var unused = time.after(advice.askAgainAfter(), () -> ask(ticket, chat));
            return;
        }
        beingAsked.remove(ticket);
        if (!advice.route()) {
            waiting.remove(ticket);
            centre.stop(chat.id());
            observer.stopped(chat);
        } else if (freeAgents > 0) {
            waiting.remove(ticket);
            assign(chat);
        }
    }

    private void lookAgainLater(long ticket, Chat chat) {
        var unused = time.after(WAIT, () -> {
            if (waiting.containsKey(ticket)) {
                if (!beingAsked.contains(ticket)) {
                    ask(ticket, chat);
                }
                lookAgainLater(ticket, chat);
            }
        });
    }

    private void assign(Chat chat) {
        freeAgents--;
        boolean joined = centre.join(chat.id(), "Mara");
        if (!joined) {
            observer.deadChatShown(chat);
        }
        Duration busy = joined ? chat.persona().handling() : LOST_WITH_A_DEAD_CHAT;
        desks.put(chat, new Desk(chat, time.after(busy, () -> done(chat, joined))));
    }

    private void done(Chat chat, boolean joined) {
        leave(chat);
        if (joined) {
            centre.finish(chat.id());
            observer.handled(chat);
            dispatch();
        } else {
            centre.giveBack(chat.id());
            enter(chat);
        }
    }

    private void leave(Chat chat) {
        desks.remove(chat);
        freeAgents++;
    }
}
