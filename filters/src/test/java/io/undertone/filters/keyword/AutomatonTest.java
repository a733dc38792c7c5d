package io.undertone.filters.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class AutomatonTest {
    @Property
    void findsWhatALoopOverIndexOfFinds(
            @ForAll @Size(min = 1, max = 6)
                    List<@CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 4) String> patterns,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 30) String text) {
        Set<String> found = new TreeSet<>();
        new Automaton(patterns).search(text, (pattern, start, end) -> found.add(pattern + "@" + start + "-" + end));
        assertThat(found).isEqualTo(byIndexOf(patterns, text));
    }

    private static Set<String> byIndexOf(List<String> patterns, String text) {
        Set<String> found = new TreeSet<>();
        for (int pattern = 0; pattern < patterns.size(); pattern++) {
            String wanted = patterns.get(pattern);
            for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
                found.add(pattern + "@" + at + "-" + (at + wanted.length()));
            }
        }
        return found;
    }
}
