package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.payload.JsonScanner.Token;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Against Jackson over the grammar, well formed and not. */
class JsonScannerTest {
    private static final JsonFactory JACKSON = new JsonFactory();

    @Property(tries = 5_000)
    void acceptsWhatJacksonAccepts(@ForAll("documents") String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        assertThat(scannerAccepts(bytes, bytes.length)).as(document).isEqualTo(jacksonAccepts(bytes));
    }

    @Property
    void anyCutOfTheSameBytesGivesTheSame(@ForAll("documents") String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        boolean whole = scannerAccepts(bytes, bytes.length);
        for (int step = 1; step < Math.min(6, bytes.length); step++) {
            assertThat(scannerAccepts(bytes, step)).as(document).isEqualTo(whole);
        }
    }

    @Property(tries = 5_000)
    void acceptsTheSameWhereOnlyTheEndIsWanted(@ForAll("documents") String document, @ForAll boolean inList) {
        byte[] bytes = (inList ? "[" + document + "]" : document).getBytes(StandardCharsets.UTF_8);
        boolean whole = scannerAccepts(bytes, bytes.length);
        for (int step = 1; step <= bytes.length; step = step < 6 ? step + 1 : step * 2) {
            assertThat(scannerAccepts(bytes, step, inList ? 1 : 0))
                    .as("%s in steps of %d", document, step)
                    .isEqualTo(whole);
        }
        assertThat(scannerAccepts(bytes, bytes.length, inList ? 1 : 0))
                .as(document)
                .isEqualTo(whole);
    }

    private static boolean scannerAccepts(byte[] bytes, int step) {
        return scannerAccepts(bytes, step, Nesting.MAX_DEPTH);
    }

    private static boolean scannerAccepts(byte[] bytes, int step, int outer) {
        JsonScanner scanner = new JsonScanner();
        try {
            for (int limit = Math.min(step, bytes.length); ; limit = Math.min(limit + step, bytes.length)) {
                Token token;
                do {
                    token = scanner.next(bytes, limit, outer);
                } while (token != Token.NONE);
                if (limit == bytes.length) {
                    return scanner.isComplete();
                }
            }
        } catch (UnreadablePayloadException e) {
            return false;
        }
    }

    private static boolean jacksonAccepts(byte[] bytes) {
        try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            parser.getString();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Pieces of JSON in an order that is often, but not always, a document. */
    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.longs().map(seed -> document(new Random(seed), 3));
    }

    private static final String[] SCALARS = {
        "0",
        "-0",
        "-1.5e+10",
        "12",
        "01",
        "1.",
        ".5",
        "-",
        "1e",
        "1E5",
        "1e-",
        "true",
        "false",
        "null",
        "tru",
        "nulll",
        "\"\"",
        "\"a\"",
        "\"\\n\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"\\u12\"",
        "\"\\x\"",
        "\"ä漢😀\"",
        "\"long enough for a word\"",
        "\"\t\"",
        "\"",
        "'a'",
        "NaN",
        "+1",
        ""
    };
    private static final String[] COMMAS = {",", " , ", "\n,", ",", ",", ",", ",", ",", ",", "", ",,", ":"};
    private static final String[] NAMES = {"\"k\":", "\"\\u006b\" : ", "\"k\":", "\"k\":", "k:", "\"k\""};
    private static final String[] ODD = {"{", "[", "]", "}", "[1,]", "{\"a\":1,}", "[] []", "{} x", " "};

    private static String document(Random random, int depth) {
        int kind = random.nextInt(25);
        if (depth == 0 || kind < 4) {
            return any(SCALARS, random);
        }
        if (kind == 4) {
            return any(ODD, random);
        }
        boolean isObject = kind % 2 == 0;
        String name = any(NAMES, random);
        String values = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> (isObject ? name : "") + document(random, depth - 1))
                .collect(Collectors.joining(any(COMMAS, random)));
        return isObject ? "{" + values + "}" : "[" + values + "]";
    }

    private static String any(String[] choices, Random random) {
        return choices[random.nextInt(choices.length)];
    }
}
