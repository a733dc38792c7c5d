package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.keyword.SenderKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Wherever an object names its chat, those are hidden in it who are hidden in that chat, and they alone. */
class ChatNamingPropertyTest {
    /** In A the workflow 7 is hidden, in B the agent 7 and the workflow 8. */
    private static final ChatMemories MEMORIES = new ChatMemories();

    static {
        MEMORIES.ofChat("A").hide("7", SenderKind.EXTERNAL);
        MEMORIES.ofChat("B").hide("7", SenderKind.AGENT);
        MEMORIES.ofChat("B").hide("8", SenderKind.EXTERNAL);
    }

    /** Where an object names its chat, if it does. */
    private enum Place {
        NOWHERE,
        FIRST,
        BETWEEN,
        LAST
    }

    private record Event(int id, String kind) {
        String json() {
            return "{\"from\":{\"nickname\":\"Bob\",\"participantId\":%d,\"type\":\"%s\"}, \"text\":\"é\\u00e9\"}"
                    .formatted(id, kind);
        }

        boolean isHiddenIn(String chat) {
            return switch (chat) {
                case "A" -> id == 7 && kind.equals("External");
                case "B" -> (id == 7 || id == 8) && (kind.equals("External") || (id == 7 && kind.equals("Agent")));
                default -> false;
            };
        }
    }

    /** Hides those whom their chat hides; where none is named, those who were hidden over the connection before. */
    private static final class Model {
        private final List<Event> hiddenBefore = new ArrayList<>();

        boolean hides(Event event, String chat, boolean isNamed) {
            boolean hides = isNamed
                    ? event.isHiddenIn(chat)
                    : !event.kind().equals("Client")
                            && hiddenBefore.stream()
                                    .anyMatch(before -> before.id() == event.id()
                                            && (event.kind().equals("External")
                                                    || before.kind().equals(event.kind())));
            if (hides && isNamed) {
                hiddenBefore.add(event);
            }
            return hides;
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

    private static String json(List<Delivery> deliveries, Function<Delivery, Predicate<Event>> isHidden) {
        return deliveries.stream()
                .map(delivery -> delivery.json(isHidden.apply(delivery)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Property(tries = 300)
    void whoIsHiddenHingesOnTheChatInWhateverPieces(@ForAll("deliveries") List<Delivery> deliveries) {
        Model model = new Model();
        String given = json(deliveries, delivery -> event -> false);
        String wanted = json(
                deliveries,
                delivery -> event -> model.hides(event, delivery.chat(), delivery.place() != Place.NOWHERE));
        for (int step = 1; step <= 2 * given.length(); step = step < 20 ? step + 1 : step * 2) {
            assertThat(new Editing()
                            .in("genesys-v2-cometd")
                            .remembering(MEMORIES.ofConnection(null))
                            .of(given, step))
                    .as("in steps of %d", step)
                    .isEqualTo(wanted);
        }
    }

    @Provide
    Arbitrary<List<Delivery>> deliveries() {
        Arbitrary<Event> event = Combinators.combine(
                        Arbitraries.of(7, 8, 9), Arbitraries.of("External", "Agent", "Client"))
                .as(Event::new);
        return Combinators.combine(
                        Arbitraries.of("A", "B", "C"),
                        Arbitraries.of(Place.values()),
                        event.list().ofMaxSize(3),
                        event.list().ofMaxSize(5))
                .as(Delivery::new)
                .list()
                .ofMaxSize(4);
    }
}
