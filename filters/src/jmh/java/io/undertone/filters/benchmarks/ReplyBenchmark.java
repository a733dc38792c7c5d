package io.undertone.filters.benchmarks;

import java.io.ByteArrayOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What others take for a reply: a copy, and Jackson in its three ways. */
@State(Scope.Thread)
public class ReplyBenchmark {
    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    @Param({"empty", "poll", "poll/2", "transcript", "transcript/50"})
    public String reply = "";

    private byte[] bytes = new byte[0];
    private byte[] target = new byte[0];

    @Setup
    public void prepare() {
        bytes = Samples.reply(reply);
        target = new byte[bytes.length];
    }

    @Benchmark
    public byte[] arraycopy() {
        System.arraycopy(bytes, 0, target, 0, bytes.length);
        return target;
    }

    @Benchmark
    public int jacksonTokens() {
        int tokens = 0;
        try (JsonParser parser = JACKSON.createParser(bytes)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    @Benchmark
    public byte[] jacksonTree() {
        JsonNode tree = JACKSON.readTree(bytes);
        var messages = tree.path("messages").iterator();
        while (messages.hasNext()) {
            if (messages.next().path("text").asString().contains("#undertone#")) {
                messages.remove();
            }
        }
        return JACKSON.writeValueAsBytes(tree);
    }

    /** Copies only: one message would have to be held to be judged. */
    @Benchmark
    public ByteArrayOutputStream jacksonCopy() {
        ByteArrayOutputStream copy = new ByteArrayOutputStream(bytes.length);
        try (JsonParser parser = JACKSON.createParser(bytes);
                JsonGenerator generator = JACKSON.createGenerator(copy)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                generator.copyCurrentEvent(parser);
            }
        }
        return copy;
    }
}
