package io.undertone.filters.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawScanTest {
    @Property(tries = 5_000)
    void neverSaysNoWhereAKeywordIsFound(
            @ForAll("keywords") List<Keyword> keywords,
            @ForAll("texts") String before,
            @ForAll("texts") String after,
            @ForAll int seed) {
        KeywordSet set = compile(keywords);
        Random random = new Random(seed);
        String text = before + disguised(keywords.get(0).text(), random) + after;
        BitSet carried = new BitSet();
        set.addCarried(text, carried);
        if (!carried.isEmpty() && !mayMatch(set, json(text, random))) {
            fail("'%s' is found in '%s', and the scan says no", keywords, text);
        }
    }

    @Property(tries = 5_000)
    void neverSaysNoToPlainTextWhereAKeywordIsFound(
            @ForAll @Size(min = 1, max = 3)
                    List<@CharRange(from = 'a', to = 'd') @StringLength(min = 1, max = 14) String> words,
            @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 24) String before,
            @ForAll @CharRange(from = 'A', to = 'D') @StringLength(max = 24) String after) {
        KeywordSet set = compile(
                words.stream().map(word -> Keyword.of(word, Visibility.VIP)).toList());
        String text = before + words.get(0).toUpperCase(Locale.ROOT) + after;
        byte[] bytes = ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
        assertThat(text.length()).isGreaterThanOrEqualTo(set.rawScan().shortest());
        assertThat(set.rawScan().mayMatchPlain(bytes, 1, bytes.length - 1)).isTrue();
    }

    @Property(tries = 5_000)
    void neverSaysNoToPlainTextWhereKeywordsHaveSigns(
            @ForAll @Size(min = 1, max = 3) List<@CharRange(from = 'a', to = 'c') @StringLength(max = 9) String> words,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 24) String before,
            @ForAll @CharRange(from = '!', to = 'D') @StringLength(max = 24) String after,
            @ForAll int seed) {
        Random random = new Random(seed);
        List<String> signed = words.stream()
                .map(word -> {
                    int at = random.nextInt(word.length() + 1);
                    return word.substring(0, at) + "#!~".charAt(random.nextInt(3)) + word.substring(at);
                })
                .toList();
        KeywordSet set = compile(
                signed.stream().map(word -> Keyword.of(word, Visibility.VIP)).toList());
        byte[] bytes = (before + signed.get(0) + after).getBytes(StandardCharsets.US_ASCII);
        assertThat(set.rawScan().mayMatchPlain(bytes, 0, bytes.length)).isTrue();
        assertThat(set.rawScan().mayMatch(bytes, 0, bytes.length)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UnderTone", "visibility", "PushUrl"})
    void aHiddenParticipantAndACueAreWholeTexts(String whole) {
        KeywordSet set = KeywordSet.compile(
                1,
                List.of(Keyword.of("#hidden words#", Visibility.VIP)),
                List.of(new HiddenParticipant("underTONE", SenderKind.EXTERNAL)));
        byte[] bytes = ("<" + whole + ">").getBytes(StandardCharsets.US_ASCII);
        assertThat(set.rawScan().shortest()).isLessThanOrEqualTo(whole.length());
        assertThat(set.rawScan().mayMatchPlain(bytes, 1, bytes.length - 1)).isTrue();
        assertThat(set.rawScan().mayMatchPlain(bytes, 0, bytes.length)).isFalse();
        assertThat(set.rawScan().mayMatch(bytes, 0, bytes.length)).isTrue();
    }

    @Property
    void neverSaysNoWhereAParticipantIsHidden(@ForAll("words") String nickname, @ForAll int seed) {
        Assume.that(!CompareForm.loose(nickname).isBlank());
        KeywordSet set =
                KeywordSet.compile(1, List.of(), List.of(new HiddenParticipant(nickname, SenderKind.EXTERNAL)));
        Random random = new Random(seed);
        String seen = disguised(nickname, random);
        if (set.hidesParticipant(seen, SenderKind.EXTERNAL)) {
            assertThat(mayMatch(set, json(seen, random))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Grüße aus Köln, schöne Straße!",
                "Добрый день, чем могу помочь?",
                "こんにちは、ご用件は何でしょうか。",
                "👩‍👩‍👧‍👦 ❤️ 👍🏽",
                "line\none, \"two\"",
                "#under tone#"
            })
    void ordinaryTextStaysOnTheFastPath(String text) {
        KeywordSet set = KeywordSet.compile(1, List.of(Keyword.of("#undertone#", Visibility.VIP)), List.of());
        String plain = "{\"text\":\"" + text.replace("\"", "\\\"").replace("\n", "\\n") + "\"}";
        assertThat(mayMatch(set, plain)).isFalse();
    }

    /** Where a keyword has an s, the sharp s of any street is two of them. */
    @Test
    void lettersThatBecomeTwoStayOnTheFastPath() {
        KeywordSet set = KeywordSet.compile(1, List.of(Keyword.of("messing", Visibility.VIP)), List.of());
        assertThat(mayMatch(set, "Schöne Grüße aus der Gießener Straße")).isFalse();
        assertThat(mayMatch(set, "Meßing")).isTrue();
        assertThat(mayMatch(set, "Me\u00DFing")).isTrue();
    }

    @Test
    void aScanInPiecesEndsAsTheWholeDoes() {
        KeywordSet set = KeywordSet.compile(1, List.of(Keyword.of("#undertone#", Visibility.VIP)), List.of());
        byte[] bytes = "say #UNDERtone# aloud".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            int state = set.rawScan().advance(RawScan.START, bytes, 0, cut);
            assertThat(set.rawScan().advance(state, bytes, cut, bytes.length)).isEqualTo(RawScan.PERHAPS);
        }
    }

    @Test
    void utf16IsPerhaps() {
        KeywordSet set = KeywordSet.compile(1, List.of(Keyword.of("#undertone#", Visibility.VIP)), List.of());
        byte[] bytes = "hello".getBytes(StandardCharsets.UTF_16LE);
        assertThat(set.rawScan().mayMatch(bytes, 0, bytes.length)).isTrue();
    }

    @Test
    void halfASurrogatePairIsFoundAsAKeyword() {
        KeywordSet set = KeywordSet.compile(1, List.of(Keyword.of("\ud83d!", Visibility.VIP)), List.of());
        assertThat(set.find(SenderKind.AGENT, List.of("a \ud83d! b"))).isPresent();
    }

    private static KeywordSet compile(List<Keyword> keywords) {
        try {
            return KeywordSet.compile(1, keywords, List.of());
        } catch (IllegalArgumentException e) {
            Assume.that(false);
            throw e;
        }
    }

    private static boolean mayMatch(KeywordSet set, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return set.rawScan().mayMatch(bytes, 0, bytes.length);
    }

    /** The same to the eye, or nearly: other case, other normal form, something invisible in between. */
    private static String disguised(String text, Random random) {
        String shaped =
                switch (random.nextInt(6)) {
                    case 0 -> text.toUpperCase(Locale.ROOT);
                    case 1 -> Normalizer.normalize(text, Normalizer.Form.NFD);
                    case 2 -> Normalizer.normalize(text, Normalizer.Form.NFKC);
                    case 3 -> text.toLowerCase(Locale.ROOT);
                    default -> text;
                };
        int at = shaped.offsetByCodePoints(0, random.nextInt(shaped.codePointCount(0, shaped.length()) + 1));
        return random.nextInt(3) == 0 ? shaped.substring(0, at) + "\u200B" + shaped.substring(at) : shaped;
    }

    /** As a JSON string, with escapes where they must be and some where they need not. */
    private static String json(String text, Random random) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || (c == '/' && random.nextBoolean())) {
                json.append('\\').append(c);
            } else if (c == '\n') {
                json.append("\\n");
            } else if (random.nextInt(40) == 0) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    @Provide
    Arbitrary<List<Keyword>> keywords() {
        return words().filter(word -> !word.isBlank())
                .flatMap(word -> Arbitraries.of(Compare.values())
                        .map(compare ->
                                new Keyword(word, word, Visibility.VIP, Match.CONTAINS, compare, Keyword.ANYONE)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> words() {
        return Texts.trickyWord(5);
    }

    @Provide
    Arbitrary<String> texts() {
        return Texts.tricky(4);
    }
}
