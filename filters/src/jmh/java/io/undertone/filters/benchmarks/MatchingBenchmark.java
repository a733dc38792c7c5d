package io.undertone.filters.benchmarks;

import io.undertone.filters.keyword.KeywordSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ahocorasick.trie.Trie;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Which keywords stand in a text of 80 characters: another library's answer, the set's on decoded text, and the scan of raw
 * bytes, which is all that most texts are ever asked.
 */
@State(Scope.Thread)
public class MatchingBenchmark {
    private static final int TEXTS = 256;

    @Param({"10", "10000"})
    public int keywords;

    private List<List<String>> texts = List.of();
    private List<byte[]> raw = List.of();
    private KeywordSet set = Samples.keywordSet(1);
    private Trie trie = Trie.builder().build();

    /** How many bytes one call of a benchmark reads. */
    static int bytes() {
        return texts().mapToInt(String::length).sum();
    }

    private static Stream<String> texts() {
        Random random = new Random(42);
        return Stream.generate(() -> Samples.sentence(random)).limit(TEXTS);
    }

    @Setup
    public void prepare() {
        texts = texts().map(List::of).toList();
        raw = texts().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
        set = Samples.keywordSet(keywords);
        trie = Trie.builder()
                .ignoreCase()
                .addKeywords(Samples.keywords(keywords))
                .build();
    }

    @Benchmark
    public int keywordSet() {
        int found = 0;
        for (List<String> text : texts) {
            found += set.mayCarry(text.get(0)) ? set.findAll(text).size() : 0;
        }
        return found;
    }

    @Benchmark
    public int rawScan() {
        int perhaps = 0;
        for (byte[] text : raw) {
            perhaps += set.rawScan().mayMatch(text, 0, text.length) ? 1 : 0;
        }
        return perhaps;
    }

    @Benchmark
    public int ahocorasick() {
        int found = 0;
        for (List<String> text : texts) {
            found += trie.parseText(text.get(0)).size();
        }
        return found;
    }
}
