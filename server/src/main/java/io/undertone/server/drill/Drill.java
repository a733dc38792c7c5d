package io.undertone.server.drill;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.server.sandbox.ContactCentre;
import io.undertone.webapp.config.StoreConfig;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.store.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Replays the outage, once without Undertone and once with it. */
public final class Drill {
    private static final StoreConfig IN_MEMORY = new StoreConfig("jdbc:h2:mem:drill", null, null);

    private final DrillSettings settings;
    private final UndertoneConfig config;
    private final KeywordSet hidden;

    /** @param hidden what the veil hides */
    Drill(DrillSettings settings, UndertoneConfig config, KeywordSet hidden) {
        this.settings = settings;
        this.config = config;
        this.hidden = hidden;
    }

    /** The environment variables under which a configuration is that of a drill: its probes go into the drill's own chats. */
    public static Map<String, String> environment(Map<String, String> environment) {
        Map<String, String> drill = new HashMap<>(environment);
        drill.put("UNDERTONE_PROBE_URL", CentreExchange.ESP);
        drill.put("UNDERTONE_PROBE_INTERACTION_URL", CentreExchange.INTERACTIONS + "{InteractionId}");
        return drill;
    }

    /**
     * Replays an outage. The same settings and configuration give the same report.
     *
     * @param config read with {@link #environment}
     */
    public static DrillReport run(DrillSettings settings, UndertoneConfig config, Progress progress) {
        KeywordSet hidden = KeywordSet.compile(1, config.effectiveKeywords(), config.effectiveHiddenParticipants());
        return new Drill(settings, config, hidden).run(progress);
    }

    DrillReport run(Progress progress) {
        Outcome without = without(progress);
        return new DrillReport(settings, without, with(done -> progress.at(done.plus(Hour.LENGTH))));
    }

    private Outcome without(Progress progress) {
        SimulatedTime time = new SimulatedTime();
        ContactCentre centre = new ContactCentre(time.clock(), Restoration.CHAT_SERVERS);
        Tally tally = new Tally(centre, config.probe(), time);
        return new Hour(settings, time, centre, tally, Line.DIRECT, Gate.OPEN).pass(() -> {}, progress::at);
    }

    private Outcome with(Progress progress) {
        SimulatedTime time = new SimulatedTime();
        ContactCentre centre = new ContactCentre(time.clock(), Restoration.CHAT_SERVERS);
        Tally tally = new Tally(centre, config.probe(), time);
        CentreExchange exchange = new CentreExchange(centre, tally::probeSent);
        try (Store store = Store.open(IN_MEMORY, new SimpleMeterRegistry())) {
            CommonStore common = new CommonStore(time);
            List<Node> nodes = Stream.generate(() -> new Node(config, hidden, store, common, time, exchange))
                    .limit(settings.nodes())
                    .toList();
            Nodes reached = new Nodes(nodes, centre);
            return new Hour(settings, time, centre, tally, reached, reached)
                    .pass(() -> trouble(nodes.get(0), store, common), progress::at);
        }
    }

    private void trouble(Node node, Store store, CommonStore common) {
        if (settings.loseNode()) {
            node.dieBetweenVerdictAndAnswer();
        }
        if (settings.loseStore()) {
            store.close();
            common.lose();
        }
    }
}
