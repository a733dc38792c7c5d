package io.undertone.server.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Replies of a GMS V2 chat, the same in every run. Each is what the chat service of its name answers. */
enum Payload {
    /** A poll that brings nothing. */
    S("empty poll", 0, 0, 2_000),
    M("poll of 20 messages, 2 hidden", 20, 2, 2_000),
    L("transcript of 1,500 messages, 50 hidden", 1_500, 50, 100),
    LN("transcript of 1,500 messages, none hidden", 1_500, 0, 100);

    private static final JsonMapper JSON = new JsonMapper();

    static final String KEYWORD = "#undertone#";
    private static final String[] WORDS = {
        "good",
        "morning",
        "your",
        "order",
        "has",
        "been",
        "shipped",
        "and",
        "will",
        "arrive",
        "tomorrow",
        "please",
        "check",
        "the",
        "invoice",
        "number",
        "that",
        "we",
        "sent",
        "by",
        "mail",
        "thank",
        "you",
        "for",
        "waiting"
    };
    private static final int WORDS_OF_A_MESSAGE = 14;

    private final String meaning;
    private final int messages;
    private final int hidden;
    private final int steadyRate;

    Payload(String meaning, int messages, int hidden, int steadyRate) {
        this.meaning = meaning;
        this.messages = messages;
        this.hidden = hidden;
        this.steadyRate = steadyRate;
    }

    /** The name of the chat service in a path. */
    String service() {
        return name().toLowerCase(Locale.ROOT);
    }

    String meaning() {
        return meaning;
    }

    /** Requests per second at which latency is taken: every contender can do several times as many. */
    int steadyRate() {
        return steadyRate;
    }

    /** What the chat server sends. */
    byte[] whole() {
        return reply(true);
    }

    /** What a customer may see of it, every other byte in its place. */
    byte[] visible() {
        return reply(false);
    }

    /** What a reply says, message by message. */
    static List<String> messages(byte[] reply) {
        return JSON.readTree(reply)
                .path("messages")
                .valueStream()
                .map(message ->
                        message.path("index") + " " + message.path("text").asString())
                .toList();
    }

    private byte[] reply(boolean withHidden) {
        Random random = new Random(42);
        String list = IntStream.range(0, messages)
                .mapToObj(index -> message(index, isHidden(index), sentence(random)))
                .filter(message -> withHidden || !message.contains(KEYWORD))
                .collect(Collectors.joining(","));
        return """
                {"messages":[%s],"chatEnded":false,"statusCode":0,"alias":"117","secureKey":"a8b1c0ff51e2ee92d8f7",\
                "userId":"00795AD5648E0157","chatId":"00048aDPWWMX00T2","nextPosition":%d,"monitored":false,\
                "userData":{"ServiceType":"billing"}}""".formatted(list, messages + 1).getBytes(StandardCharsets.UTF_8);
    }

    private boolean isHidden(int index) {
        return hidden > 0 && index % (messages / hidden) == 0;
    }

    private static String message(int index, boolean isHidden, String text) {
        return """
                {"from":{"nickname":"%s","participantId":%d,"type":"%s"},"index":%d,"text":"%s","type":"Message",\
                "utcTime":%d}""".formatted(
                        isHidden ? "workflow" : "Ann",
                        isHidden ? 7 : 2,
                        isHidden ? "External" : "Agent",
                        index + 1,
                        isHidden ? KEYWORD + " 17" : text,
                        1_795_374_000_000L + 4_000L * index);
    }

    private static String sentence(Random random) {
        return random.ints(WORDS_OF_A_MESSAGE, 0, WORDS.length)
                .mapToObj(word -> WORDS[word])
                .collect(Collectors.joining(" "));
    }
}
