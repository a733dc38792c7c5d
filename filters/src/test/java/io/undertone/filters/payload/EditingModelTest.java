package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** Whole replies against the simplest model: the same reply, written without the messages that have to be hidden. */
class EditingModelTest {
    private static final String[] KEYWORDS = {"#undertone#", "#Coach#", "\\u0023coach#", "#under\\u00adtone#", "＃ＣＯＡＣＨ＃"
    };
    private static final String[] WORDS = {
        "hello",
        "Grüße",
        "это",
        "お届け",
        "😀",
        "a\\\"b",
        "C:\\\\temp",
        "\\/",
        "#",
        "##",
        "#coach",
        "undertone",
        "12",
        "7",
        "\\n"
    };
    private static final String[] CUSTOMER_KINDS = {"Client"};
    private static final String[] OTHER_KINDS = {"Agent", "Supervisor", "External", "System", "Robot"};

    private record Event(String json, boolean isHidden) {}

    private record EventList(List<Event> events, String begin, String end) {
        static EventList any(int count, boolean isPlain, Random random) {
            List<Event> events = IntStream.range(0, count)
                    .mapToObj(number -> event(number, isPlain, random))
                    .toList();
            // White space goes with a hidden one beside it that is the first, or with all.
            boolean isFirstSeen = count > 0 && !events.get(0).isHidden();
            boolean isAnySeen = events.stream().anyMatch(event -> !event.isHidden());
            return new EventList(
                    events,
                    isFirstSeen && random.nextBoolean() ? "[ " : "[",
                    isAnySeen && random.nextBoolean() ? "\n]" : "]");
        }

        String json(boolean withHidden) {
            return events.stream()
                    .filter(event -> withHidden || !event.isHidden())
                    .map(Event::json)
                    .collect(Collectors.joining(",", begin, end));
        }
    }

    @Property(tries = 10_000)
    void whatIsNotHiddenIsThereToTheByteInWhateverPieces(@ForAll long seed) {
        Random random = new Random(seed);
        boolean isPlain = random.nextInt(3) == 0;
        EventList participants = EventList.any(random.nextInt(3), isPlain, random);
        EventList messages = EventList.any(random.nextInt(9), isPlain, random);
        boolean isCometD = random.nextBoolean();
        String given = reply(participants.json(true), messages.json(true), isCometD);
        String wanted = reply(participants.json(false), messages.json(false), isCometD);
        int step = random.nextInt(3) == 0 ? given.length() * 4 : 1 + random.nextInt(400);

        Statistics.collect(isPlain ? "plain" : given.equals(wanted) ? "nothing hidden" : "hidden");
        assertThat(new Editing()
                        .in(isCometD ? "genesys-v2-cometd" : "genesys-v2")
                        .of(given, step))
                .as("in steps of %d", step)
                .isEqualTo(wanted);
    }

    private static String reply(String participants, String messages, boolean isCometD) {
        String reply = "{\"statusCode\":0,\"participants\":" + participants + ",\"messages\":" + messages
                + ",\"nextPosition\":9,\"chatEnded\":false}";
        return isCometD ? "[{\"channel\":\"/service/chatV2/x\",\"data\":" + reply + "}]" : reply;
    }

    /** Most are like the one before, and some have fields in another order, others, or white space. */
    private static Event event(int number, boolean isPlain, Random random) {
        boolean isCustomers = random.nextInt(3) == 0;
        boolean isMarked = !isPlain && random.nextInt(4) == 0;
        String kind = any(isCustomers ? CUSTOMER_KINDS : OTHER_KINDS, random);
        String words = words(random) + " " + (isMarked ? any(KEYWORDS, random) : "") + " " + words(random);
        boolean isOdd = random.nextInt(4) == 0;
        String from = "\"from\":{\"nickname\":\"%s\",\"participantId\":%d,\"type\":\"%s\"}"
                .formatted(isCustomers ? "Mary" : "Ann", isCustomers ? 1 : 2, kind);
        String text = isOdd && random.nextBoolean()
                ? "\"userData\" : {\"a\":[1,{\"b\":\"" + words + "\"}],\"c\":null}"
                : "\"text\":\"" + words + "\"";
        String rest = "\"index\":" + number + ",\"type\":\"Message\",\"utcTime\":" + (1_795_374_000_000L + number);
        String json =
                isOdd ? "{ " + text + ",\n" + rest + " , " + from + "}" : "{" + from + "," + rest + "," + text + "}";
        return new Event(json, isMarked && !isCustomers);
    }

    private static String words(Random random) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> any(WORDS, random))
                .collect(Collectors.joining(" "));
    }

    private static String any(String[] of, Random random) {
        return of[random.nextInt(of.length)];
    }
}
