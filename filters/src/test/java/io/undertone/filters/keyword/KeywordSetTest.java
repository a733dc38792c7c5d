package io.undertone.filters.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordSetTest {
    private static boolean finds(Match match, Compare compare, String text, String field) {
        Keyword keyword = new Keyword("k", text, Visibility.VIP, match, compare, Keyword.ANYONE);
        return KeywordSet.compile(1, List.of(keyword), List.of())
                .find(SenderKind.AGENT, List.of(field))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "CONTAINS, ops, stops it, true",
        "CONTAINS, ops, st op, false",
        "PREFIX, ops, ops now, true",
        "PREFIX, ops, stops, false",
        "WORD, ops, call ops now, true",
        "WORD, ops, (ops), true",
        "WORD, ops, stops, false",
        "WORD, ops, ops2, false",
        "WORD, ops, opsé, false",
        "WORD, ops, ope\u0301ops\u0301, false",
        "WORD, ops, _ops_, true",
        "REGEX, '\\bops\\b', _ops_, false",
        "REGEX, '\\bops\\b', 東ops, true",
        "EXACT, ops, OPS, true",
        "EXACT, ops, ops now, false",
        "REGEX, 'ops-[0-9]+', see OPS-17, true",
        "REGEX, 'ops-[0-9]+', see ops-x, false",
        "REGEX, '^ops$', ops now, false"
    })
    void aKeywordStandsWhereItsMatchSays(Match match, String text, String field, boolean found) {
        assertThat(finds(match, Compare.LOOSE, text, field)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "EXACT, Straße, Straße, true",
        "EXACT, Straße, straße, false",
        "CASE, Straße, STRASSE, true",
        "CASE, STRASSE, straße, true",
        "CASE, İstanbul, i̇STANBUL, true",
        "CASE, ısı, ISI, false",
        "CASE, ＡＢ, ab, false",
        "CASE, ÄAZÄ, äazä, true",
        "CASE, ÄBYÄ, äbyä, true",
        "CANONICAL, café, cafe\u0301, true",
        "CANONICAL, café, CAFÉ, false",
        "LOOSE, ab, ＡＢ, true",
        "LOOSE, undertone, UnDeR\u00ADt\u200Bone, true",
        "LOOSE, cafe, café, false",
        "LOOSE, ﬁn, FIN, true",
        "LOOSE, fin, oﬀıng, false",
        "LOOSE, İstanbul, istanbul, false",
        "LOOSE, istanbul, İSTANBUL, false",
        "LOOSE, ılık, ILIK, false",
        "LOOSE, ılık, ılık, true"
    })
    void charactersAreComparedAsLooselyAsItSays(Compare compare, String text, String field, boolean found) {
        assertThat(finds(Match.CONTAINS, compare, text, field)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"EXACT, false", "CASE, true", "CANONICAL, false", "LOOSE, true"})
    void anExpressionIsAsCaselessAsItsComparison(Compare compare, boolean found) {
        assertThat(finds(Match.REGEX, compare, "o[p]s", "OPS")).isEqualTo(found);
        assertThat(finds(Match.REGEX, compare, "o[p]s", "ops")).isTrue();
    }

    @Test
    void aKeywordHidesWhatTheNamedKindsSend() {
        Keyword fromAgents =
                new Keyword("a", "secret", Visibility.INT, Match.CONTAINS, Compare.LOOSE, Set.of(SenderKind.AGENT));
        KeywordSet set = KeywordSet.compile(1, List.of(fromAgents), List.of());
        assertThat(set.find(SenderKind.AGENT, List.of("a secret"))).contains(fromAgents);
        assertThat(set.find(SenderKind.EXTERNAL, List.of("a secret"))).isEmpty();
    }

    @Test
    void vipWinsOverIntAndTheFirstOverTheRest() {
        Keyword first =
                new Keyword("1", "a", Visibility.INT, Match.CONTAINS, Compare.LOOSE, Keyword.ANYONE_BUT_THE_CUSTOMER);
        Keyword second = Keyword.of("b", Visibility.VIP);
        Keyword third = Keyword.of("c", Visibility.VIP);
        KeywordSet set = KeywordSet.compile(1, List.of(first, second, third), List.of());
        assertThat(set.find(SenderKind.AGENT, List.of("c b a"))).contains(second);
        assertThat(set.find(SenderKind.AGENT, List.of("a"))).contains(first);
        assertThat(set.findAll(List.of("c", "a"))).containsExactly(first, third);
    }

    @Test
    void mostTextsAreNotWorthASearchAndEveryOneIsForAnExpression() {
        KeywordSet set = KeywordSet.compile(
                1,
                List.of(Keyword.of("#undertone#", Visibility.VIP)),
                List.of(new HiddenParticipant("Bot", SenderKind.EXTERNAL)));
        assertThat(List.of("a #Undertone# b", "BOT")).allMatch(set::mayCarry);
        assertThat(List.of("", "Good morning")).noneMatch(set::mayCarry);
        Keyword expression =
                new Keyword("r", "o[p]s", Visibility.VIP, Match.REGEX, Compare.LOOSE, Keyword.ANYONE_BUT_THE_CUSTOMER);
        assertThat(KeywordSet.compile(1, List.of(expression), List.of()).mayCarry("ops"))
                .isTrue();
    }

    @Test
    void tensOfThousandsOfKeywordsAreFoundEach() {
        List<Keyword> keywords = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            keywords.add(Keyword.of("keyword-" + i + "-", Visibility.VIP));
        }
        KeywordSet set = KeywordSet.compile(7, keywords, List.of());
        assertThat(set.find(SenderKind.AGENT, List.of("x KEYWORD-19999- y"))).contains(keywords.get(19_999));
        assertThat(set.find(SenderKind.AGENT, List.of("x keyword-20000- y"))).isEmpty();
        assertThat(set.generation()).isEqualTo(7);
    }

    @Test
    void aKeywordOfNothingIsRefusedByName() {
        assertThatThrownBy(() -> KeywordSet.compile(1, List.of(Keyword.of("\u200B", Visibility.VIP)), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody sees");
        assertThatThrownBy(() -> Keyword.of(" ", Visibility.VIP)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Keyword.of("a", Visibility.ALL)).hasMessageContaining("INT or VIP");
        assertThatThrownBy(() -> finds(Match.REGEX, Compare.LOOSE, "a(b", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("regular expression");
    }
}
