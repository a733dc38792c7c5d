package io.undertone.filters.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Against ICU, which implements Unicode's own definitions. */
class CompareFormTest {
    private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();

    @Test
    void looseHoldsTheSameCharactersEqualAsUnicodeDoes() {
        assertSameClasses(text -> CompareForm.of(Compare.LOOSE, text), NFKC_CASEFOLD::normalize);
    }

    @Test
    void caseHoldsTheSameCharactersEqualAsFullCaseFolding() {
        assertSameClasses(text -> CompareForm.of(Compare.CASE, text), text -> UCharacter.foldCase(text, true));
    }

    /** Forms may be spelled differently as long as they hold the same texts equal. */
    private static void assertSameClasses(UnaryOperator<String> ours, UnaryOperator<String> icus) {
        Map<String, String> classes = new HashMap<>();
        List<String> differing = everyCharacter()
                .mapToObj(Character::toString)
                .filter(character -> {
                    String seen = classes.putIfAbsent(icus.apply(character), ours.apply(character));
                    return seen != null && !seen.equals(ours.apply(character));
                })
                .collect(Collectors.toList());
        assertThat(differing).isEmpty();
        assertThat(classes.values()).as("different classes stay apart").doesNotHaveDuplicates();
    }

    /** Every character that both know, in the JDK's version of Unicode. */
    private static IntStream everyCharacter() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Character::isDefined)
                .filter(c -> Character.getType(c) != Character.SURROGATE);
    }

    @Test
    void ignoresWhatUnicodeCallsIgnorable() {
        List<Integer> differing = everyCharacter()
                .filter(c -> CompareForm.isIgnorable(c)
                        != UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT))
                .boxed()
                .toList();
        assertThat(differing).isEmpty();
    }

    @Property
    void textsAreLooselyEqualAsUnicodeHasIt(@ForAll("tricky") String one, @ForAll("tricky") String other) {
        assertThat(CompareForm.loose(one).equals(CompareForm.loose(other)))
                .isEqualTo(NFKC_CASEFOLD.normalize(one).equals(NFKC_CASEFOLD.normalize(other)));
    }

    @Property
    void theLooseFormIsItsOwnLooseForm(@ForAll("tricky") String text) {
        String loose = CompareForm.loose(text);
        assertThat(CompareForm.loose(loose)).isEqualTo(loose);
        assertThat(CompareForm.loose(NFKC_CASEFOLD.normalize(text))).isEqualTo(loose);
    }

    @Provide
    Arbitrary<String> tricky() {
        // ICU folds the iota subscript before it puts marks in order, so that canonically equal texts come out unequal.
        return Texts.tricky(4).filter(text -> text.indexOf(0x345) < 0 && text.indexOf('ᾳ') < 0);
    }
}
