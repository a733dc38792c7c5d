package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.keyword.Texts;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChunkingTest {
    /** A message as it is written, with the white space around it. */
    private record Item(String before, String text, String after, boolean hidden) {}

    @Property(tries = 300)
    void anyCutOfTheSameBytesGivesWhatIsLeftOfThemToTheByte(@ForAll("lists") List<Item> items) {
        StringBuilder given = new StringBuilder("{\"statusCode\" : 0, \"messages\": [");
        StringBuilder wanted = new StringBuilder(given);
        String afterLast = "";
        boolean anyKept = false;
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            given.append(i == 0 ? "" : ",")
                    .append(item.before())
                    .append(item.text())
                    .append(item.after());
            if (!item.hidden()) {
                wanted.append(anyKept ? afterLast + "," : "")
                        .append(item.before())
                        .append(item.text());
                anyKept = true;
            }
            afterLast = item.after();
        }
        given.append("], \"nextPosition\":17 }\n");
        wanted.append(anyKept ? afterLast : "").append("], \"nextPosition\":17 }\n");
        int length = given.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        for (int step = 1; step <= length; step = step < 40 ? step + 1 : step * 2) {
            assertThat(new Editing().of(given.toString(), step)).isEqualTo(wanted.toString());
        }
    }

    @Provide
    Arbitrary<List<Item>> lists() {
        Arbitrary<String> space = Arbitraries.of("", "", " ", "\n  ", "\t");
        Arbitrary<String> harmless = Texts.tricky(6)
                .map(text -> text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
        Arbitrary<String> kind = Arbitraries.of("Agent", "External", "Client");
        Arbitrary<Item> item = Combinators.combine(space, harmless, kind, Arbitraries.of(true, false), space)
                .as((before, text, from, marked, after) -> new Item(
                        before,
                        "{ \"n\":1.50e+3,\"from\":{\"type\":\"" + from + "\"},\"text\":\"" + text
                                + (marked ? "#undertone#" : "") + text + "\"}",
                        after,
                        marked && !from.equals("Client")));
        return item.list().ofMaxSize(6);
    }
}
