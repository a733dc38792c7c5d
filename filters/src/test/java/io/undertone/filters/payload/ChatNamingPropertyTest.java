package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.keyword.SenderKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Wherever an object names its chat, those are hidden in it who are hidden in that chat, and they alone. */
class ChatNamingPropertyTest {
    private static final String EXTERNAL = "External";
    private static final Id WORKFLOW_7 = new Id(7, EXTERNAL);
    private static final Id AGENT_7 = new Id(7, "Agent");
    private static final Id WORKFLOW_8 = new Id(8, EXTERNAL);

    /** Where an object names its chat, if it does. */
    private enum Place {
        NOWHERE,
        FIRST,
        BETWEEN,
        LAST
    }

    private record Id(int number, String kind) {
        /** Whether it is one of those; only a workflow may go by any kind. */
        boolean isAmong(Set<Id> others) {
            return !kind.equals("Client")
                    && others.stream()
                            .anyMatch(other -> other.number == number && (kind.equals(EXTERNAL) || other.equals(this)));
        }
    }

    private record Event(Id sender, boolean isProbe) {
        String json() {
            return "{\"from\":{\"nickname\":\"%s\",\"participantId\":%d,\"type\":\"%s\"}, \"text\":\"é\\u00e9\"}"
                    .formatted(isProbe ? "undertone" : "Bob", sender.number(), sender.kind());
        }
    }

    private record Delivery(String chat, Place place, List<Event> participants, List<Event> messages) {
        String json(Predicate<Event> isHidden) {
            return "{\"data\":{" + name(Place.FIRST) + "\"participants\":" + list(participants, isHidden)
                    + ",\"alias\":1 ," + name(Place.BETWEEN) + "\"messages\":" + list(messages, isHidden)
                    + " ,\"userData\":{\"chatId\":\"A\"}," + name(Place.LAST) + "\"chatEnded\":false}}";
        }

        private String name(Place here) {
            return place == here ? "\"chatId\": \"" + chat + "\"," : "";
        }

        private static String list(List<Event> events, Predicate<Event> isHidden) {
            return events.stream()
                    .filter(isHidden.negate())
                    .map(Event::json)
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** Knows all chats from the beginning, and which one an object is of before it reads it. */
    private static final class Model {
        private final Map<String, Set<Id>> ofChats = new HashMap<>(
                Map.of("A", new HashSet<>(Set.of(WORKFLOW_7)), "B", new HashSet<>(Set.of(AGENT_7, WORKFLOW_8))));
        private final Set<Id> ofNoChat = new HashSet<>();
        private final Set<Id> ofConnection = new HashSet<>();

        boolean hides(Event event, Delivery delivery) {
            boolean isNamed = delivery.place() != Place.NOWHERE;
            Set<Id> ofChat = isNamed ? ofChats.computeIfAbsent(delivery.chat(), chat -> new HashSet<>()) : ofNoChat;
            Id sender = event.sender();
            boolean isShown = event.isProbe() && sender.kind().equals(EXTERNAL);
            boolean isKnown = sender.isAmong(isNamed ? ofChat : ofConnection) || sender.isAmong(ofNoChat);
            if (isShown || (isKnown && isNamed)) {
                ofChat.add(sender);
                ofConnection.add(sender);
            }
            return isShown || isKnown;
        }
    }

    private static String json(List<Delivery> deliveries, Function<Delivery, Predicate<Event>> isHidden) {
        return deliveries.stream()
                .map(delivery -> delivery.json(isHidden.apply(delivery)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static ChatMemory ofConnection() {
        ChatMemories memories = new ChatMemories();
        memories.ofChat("A").hide("7", SenderKind.EXTERNAL);
        memories.ofChat("B").hide("7", SenderKind.AGENT);
        memories.ofChat("B").hide("8", SenderKind.EXTERNAL);
        return memories.ofConnection(null);
    }

    @Property(tries = 2000)
    void whoIsHiddenHingesOnTheChatInWhateverPieces(@ForAll("deliveries") List<Delivery> deliveries) {
        Model model = new Model();
        String given = json(deliveries, delivery -> event -> false);
        String wanted = json(deliveries, delivery -> event -> model.hides(event, delivery));
        Statistics.collect(given.equals(wanted) ? "nothing hidden" : "hidden");
        for (int step = 1; step <= 2 * given.length(); step = step < 10 ? step + 1 : step * 2) {
            assertThat(new Editing()
                            .in("genesys-v2-cometd")
                            .remembering(ofConnection())
                            .of(given, step))
                    .as("in steps of %d", step)
                    .isEqualTo(wanted);
        }
    }

    @Provide
    Arbitrary<List<Delivery>> deliveries() {
        Arbitrary<Id> sender = Combinators.combine(
                        Arbitraries.of(7, 8, 9), Arbitraries.of(EXTERNAL, EXTERNAL, "Agent", "Client"))
                .as(Id::new);
        Arbitrary<Event> event = Combinators.combine(sender, Arbitraries.of(true, false, false, false))
                .as(Event::new);
        return Combinators.combine(
                        Arbitraries.of("A", "B", "C"),
                        Arbitraries.of(Place.values()),
                        event.list().ofMaxSize(3),
                        event.list().ofMaxSize(5))
                .as(Delivery::new)
                .list()
                .ofMaxSize(5);
    }
}
