package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.SenderKind;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** Elements that are almost alike, against a reader that takes each for itself. */
class SampleElementTest {
    private static final String[] VALUES = {
        "1",
        "12",
        "-3",
        "0",
        "1.5",
        "true",
        "null",
        "\"\"",
        "\"Ann\"",
        "\"Anna\"",
        "\"Grüße\"",
        "\"a\\nb\"",
        "\"#coach#\"",
        "\"7\"",
        "\"p\\/7\"",
        "{}",
        "[]",
        "[1,2]",
        "{\"a\":1}"
    };
    private static final String[] NAMES = {"text", "index", "from", "type", "#undertone#"};

    @Property(tries = 20_000)
    void areReadAsIfEachStoodAlone(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] document = document(random).getBytes(StandardCharsets.UTF_8);
        ChatMemory memory = new ChatMemory();
        if (random.nextBoolean()) {
            memory.hide(random.nextBoolean() ? "12" : "p/7", SenderKind.EXTERNAL);
        }
        Decider decider = new Decider(
                Dialects.named(Dialects.GENESYS_V2).orElseThrow(), Editing.KEYWORDS, Audience.CUSTOMER, memory);

        boolean isHarmless = isHarmlessInOneRun(new JsonScanner(decider), document);

        Statistics.collect(isHarmless);
        assertThat(isHarmless)
                .as(new String(document, StandardCharsets.UTF_8))
                .isEqualTo(isHarmlessTokenByToken(new JsonScanner(decider), document));
    }

    private static String message(String kind, int id, String rest) {
        return "{\"from\":{\"nickname\":\"Ann\",\"participantId\":%d,\"type\":\"%s\"},%s}".formatted(id, kind, rest);
    }

    private static String list(String... messages) {
        return "{\"messages\":[" + String.join(",", messages) + "]}";
    }

    @Test
    void whatWasReadOfAMessageThatOnlyItsSenderLetsPassStandsForNoOther() {
        String files = "\"text\":\"#coach#\",\"userData\":{\"files\":[{\"a\":\"#coach#\"},{\"a\":\"#coach#\"}]}";
        String customers = message("Client", 1, files);

        assertThat(new Editing().of(list(customers, message("Agent", 2, files), customers)))
                .isEqualTo(list(customers, customers));
    }

    @Test
    void nothingStandsForAMessageOfASenderWhoWasFoundToBeHidden() {
        String before = message("External", 7, "\"text\":\"one\"");
        String join = before.replace("Ann", "undertone");

        assertThat(new Editing().of(list(before, before, join, before, before))).isEqualTo(list(before, before));
    }

    private static boolean isHarmlessInOneRun(JsonScanner scanner, byte[] document) {
        try {
            scanner.readToDoubt(document, document.length);
            return scanner.isComplete() && !scanner.mayBeHidden() && scanner.settled() == document.length;
        } catch (UnreadablePayloadException e) {
            return false;
        }
    }

    private static boolean isHarmlessTokenByToken(JsonScanner scanner, byte[] document) {
        try {
            while (scanner.next(document, document.length) != JsonScanner.Token.NONE) {
                // Goes on.
            }
            return scanner.isComplete() && !scanner.mayBeHidden();
        } catch (UnreadablePayloadException e) {
            return false;
        }
    }

    /** A list of messages, each with a change or two; of some documents a byte is broken. */
    private static String document(Random random) {
        String[] sample = IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> VALUES[random.nextInt(5)])
                .toArray(String[]::new);
        String list = IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> element(sample.clone(), random))
                .collect(Collectors.joining(","));
        String document = "{\"messages\":[" + list + "],\"rows\":[" + list + "]}";
        if (random.nextInt(4) > 0) {
            return document;
        }
        int at = random.nextInt(document.length());
        String broken = random.nextBoolean() ? "" : String.valueOf("{}[],:\" 1a\\-".charAt(random.nextInt(12)));
        return document.substring(0, at) + broken + document.substring(at + random.nextInt(2));
    }

    private static String element(String[] values, Random random) {
        if (values.length > 0 && random.nextBoolean()) {
            values[random.nextInt(values.length)] = VALUES[random.nextInt(VALUES.length)];
        }
        boolean isRow = random.nextInt(12) == 0;
        String inner = IntStream.range(0, values.length)
                .mapToObj(i -> isRow ? values[i] : "\"" + name(i, random) + "\":" + values[i])
                .collect(Collectors.joining(","));
        return isRow ? "[" + inner + "]" : "{\"from\":{" + inner + "},\"index\":" + random.nextInt(120) + "}";
    }

    private static String name(int number, Random random) {
        return NAMES[random.nextInt(60) == 0 ? 4 : number % 4];
    }
}
