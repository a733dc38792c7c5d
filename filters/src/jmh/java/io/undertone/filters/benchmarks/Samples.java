package io.undertone.filters.benchmarks;

import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Replies of a Genesys chat and keywords, the same in every run. */
final class Samples {
    private static final String[] ENGLISH = {
        "Good",
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
        "waiting",
        "customer",
        "service",
        "can",
        "help",
        "with",
        "account",
        "settings",
        "password",
        "is",
        "not",
        "correct"
    };
    private static final String GERMAN =
            "Schöne Grüße aus Köln, Ihre Bestellung läuft über die Straße nach Österreich.";
    private static final String RUSSIAN = "Добрый день, чем могу помочь? Ваш заказ уже отправлен и придёт завтра.";
    private static final String JAPANESE = "こんにちは、ご注文の商品は明日届く予定です。少々お待ちください。";
    private static final String EMOJI = "Thanks 👍🏽 see you tomorrow 😀❤️ family 👩‍👩‍👧‍👦 done ✅";
    private static final String SYLLABLES = "ba co di fu ge ha ji ko lu me na po qu ri so ta vu we xi yo za";

    private Samples() {}

    /** The empty poll, a poll of 20 messages or a transcript of 1,500, and how many of them are hidden: {@code poll/2}. */
    static byte[] reply(String name) {
        String[] words = name.split("/");
        int hidden = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        return switch (words[0]) {
            case "empty" -> reply(0, 0, "");
            case "poll" -> reply(20, hidden, "");
            case "transcript" -> reply(1_500, hidden, "");
            case "German" -> reply(300, 0, GERMAN);
            case "Russian" -> reply(300, 0, RUSSIAN);
            case "Japanese" -> reply(300, 0, JAPANESE);
            case "emoji" -> reply(300, 0, EMOJI);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static byte[] reply(int messages, int hidden, String text) {
        Random random = new Random(42);
        String list = IntStream.range(0, messages)
                .mapToObj(i -> {
                    boolean isHidden = hidden > 0 && i % (messages / hidden) == 0;
                    String words = text.isEmpty() ? sentence(random) : shuffled(text, random);
                    boolean isCustomers = random.nextInt(3) == 0;
                    return """
                            {"from":{"nickname":"%s","participantId":%d,"type":"%s"},"index":%d,"type":"Message",\
                            "text":"%s","utcTime":%d}""".formatted(
                                    isHidden ? "workflow" : isCustomers ? "Mary" : "Ann",
                                    isHidden ? 7 : isCustomers ? 1 : 2,
                                    isHidden ? "External" : isCustomers ? "Client" : "Agent",
                                    i,
                                    isHidden ? "#undertone# 17" : words,
                                    1_795_374_000_000L + 4_000L * i);
                })
                .collect(Collectors.joining(","));
        return """
                {"statusCode":0,"alias":"117","chatId":"00048aDPWWMX00T2","userId":"00795AD5648E0157","secureKey":\
                "a8b1c0ff51e2ee92d8f7","nextPosition":%d,"messages":[%s],"chatEnded":false,"monitored":false,\
                "idleTimerExpire":-1,"userData":{"ServiceType":"billing","PageUrl":"https://shop.example/orders/17"}}""".formatted(messages + 1, list).getBytes(StandardCharsets.UTF_8);
    }

    /** No two messages say the same. */
    private static String shuffled(String text, Random random) {
        List<String> words = new ArrayList<>(List.of(text.split("(?<=[ ,.、。])")));
        Collections.shuffle(words, random);
        return String.join("", words);
    }

    /** About 80 characters. */
    static String sentence(Random random) {
        return IntStream.range(0, 13)
                .mapToObj(i -> ENGLISH[random.nextInt(ENGLISH.length)])
                .collect(Collectors.joining(" "));
    }

    /** The probe's keyword and invented words, which begin with any of twenty letters. */
    static List<String> keywords(int number) {
        Random random = new Random(17);
        String[] syllables = SYLLABLES.split(" ");
        Set<String> keywords = new LinkedHashSet<>(List.of("#undertone#"));
        while (keywords.size() < number) {
            keywords.add(random.ints(5, 0, syllables.length)
                    .mapToObj(i -> syllables[i])
                    .collect(Collectors.joining()));
        }
        return List.copyOf(keywords);
    }

    static KeywordSet keywordSet(int number) {
        List<Keyword> keywords = keywords(number).stream()
                .map(text -> Keyword.of(text, Visibility.VIP))
                .toList();
        return KeywordSet.compile(1, keywords, List.of(new HiddenParticipant("undertone", SenderKind.EXTERNAL)));
    }
}
