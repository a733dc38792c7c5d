package io.undertone.server.drill;

import io.undertone.server.sandbox.ContactCentre;
import io.undertone.webapp.config.ProbeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Counts what is to be seen from outside: what customers received, what agents found, whether a chat that was stopped could
 * be joined. It knows nothing of verdicts.
 */
final class Tally implements Customer.Observer, Workflow.Observer {
    private final ContactCentre centre;
    private final ProbeConfig probe;
    private final SimulatedTime time;
    private final Map<String, Chat> open = new LinkedHashMap<>();
    private final Set<String> stopped = new HashSet<>();
    private final List<Outcome.Point> course = new ArrayList<>();
    private Duration lastDeadAt = Duration.ZERO;
    private int deadShown;
    private int liveStopped;
    private int deadStopped;
    private int handled;
    private int restored;
    private long probesSeen;
    private long probesSent;

    Tally(ContactCentre centre, ProbeConfig probe, SimulatedTime time) {
        this.centre = centre;
        this.probe = probe;
        this.time = time;
    }

    void opened(Chat chat) {
        open.put(chat.id(), chat);
    }

    /** An ESP request came to the interaction server. */
    void probeSent() {
        probesSent++;
    }

    @Override
    public void received(JsonNode reply) {
        for (JsonNode message : reply.path("messages")) {
            String from = message.path("from").path("nickname").asString("");
            if (from.equals(probe.nickname())
                    || message.path("text").asString("").contains(probe.text())) {
                probesSeen++;
            }
        }
    }

    @Override
    public void restored(Chat chat) {
        restored++;
        if (stopped.contains(chat.id())) {
            liveStopped++;
        }
    }

    @Override
    public void deadChatShown(Chat chat) {
        deadShown++;
    }

    @Override
    public void handled(Chat chat) {
        handled++;
        open.remove(chat.id());
    }

    @Override
    public void stopped(Chat chat) {
        stopped.add(chat.id());
        open.remove(chat.id());
        if (centre.isLive(chat.id())) {
            liveStopped++;
        } else {
            deadStopped++;
        }
    }

    /** Notes how things stand now. */
    void note() {
        int dead = (int) open.keySet().stream().filter(id -> !centre.isLive(id)).count();
        if (dead > 0) {
            lastDeadAt = time.elapsed();
        }
        course.add(new Outcome.Point(time.elapsed(), dead, minutesLost(), probesSent));
    }

    Outcome outcome(Duration crashAt) {
        return new Outcome(
                deadShown,
                minutesLost(),
                liveStopped,
                probesSeen,
                probesSent,
                lastDeadAt.compareTo(crashAt) <= 0 ? Duration.ZERO : lastDeadAt.minus(crashAt),
                deadStopped,
                handled,
                restored,
                course);
    }

    private long minutesLost() {
        return Workflow.LOST_WITH_A_DEAD_CHAT.multipliedBy(deadShown).toMinutes();
    }
}
