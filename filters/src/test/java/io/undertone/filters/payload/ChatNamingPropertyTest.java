package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.keyword.SenderKind;
import java.util.List;
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

    private record Delivery(String chat, Place place, List<Event> participants, List<Event> messages) {
        String json(boolean withHidden) {
            return "{\"data\":{" + name(Place.FIRST) + "\"participants\":" + list(participants, withHidden)
                    + ",\"alias\":1 ," + name(Place.BETWEEN) + "\"messages\":" + list(messages, withHidden)
                    + " ,\"userData\":{\"chatId\":\"A\"}," + name(Place.LAST) + "\"chatEnded\":false}}";
        }

        private String name(Place here) {
            return place == here ? "\"chatId\": \"" + chat + "\"," : "";
        }

        private String list(List<Event> events, boolean withHidden) {
            return events.stream()
                    .filter(event -> withHidden || place == Place.NOWHERE || !event.isHiddenIn(chat))
                    .map(Event::json)
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }

    private static String json(List<Delivery> deliveries, boolean withHidden) {
        return deliveries.stream()
                .map(delivery -> delivery.json(withHidden))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Property(tries = 300)
    void whoIsHiddenHingesOnTheChatInWhateverPieces(@ForAll("deliveries") List<Delivery> deliveries) {
        String given = json(deliveries, true);
        String wanted = json(deliveries, false);
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
                .ofMaxSize(1);
    }
}
