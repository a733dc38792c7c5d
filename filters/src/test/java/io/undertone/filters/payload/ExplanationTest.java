package io.undertone.filters.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Audience;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What is explained is what is done. */
class ExplanationTest {
    private record Done(
            String sent,
            List<HiddenMessage> hidden,
            @Nullable UnreadableReason unreadable) {}

    private static Done edit(PayloadType type, Dialect dialect, Audience audience, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<HiddenMessage> hidden = new ArrayList<>();
        UnreadableReason unreadable = null;
        try {
            PayloadEditor editor = new PayloadEditor(
                    type, dialect, audience, Editing.KEYWORDS, OnUnreadable.WITHHOLD, new ChatMemory(), hidden::add);
            editor.feed(payload, 0, payload.length, out::write);
            editor.end(out::write);
        } catch (UnreadablePayloadException fault) {
            unreadable = fault.reason();
        }
        return new Done(out.toString(UTF_8), hidden, unreadable);
    }

    @Property(tries = 500)
    void theExplanationAgreesWithTheEditorOnEveryMessage(
            @ForAll("payloads") String payload,
            @ForAll("dialects") String dialectName,
            @ForAll Audience audience,
            @ForAll("types") PayloadType type) {
        Dialect dialect = Dialects.named(dialectName).orElseThrow();
        byte[] bytes = payload.getBytes(UTF_8);

        Explanation explanation = new Explainer(type, dialect, audience, Editing.KEYWORDS).explain(bytes);
        Done done = edit(type, dialect, audience, bytes);

        assertThat(explanation.bytesIn()).isEqualTo(bytes.length);
        assertThat(explanation.bytesOut()).isEqualTo(done.sent().getBytes(UTF_8).length);
        assertThat(
                        explanation.unreadable() == null
                                ? null
                                : explanation.unreadable().reason())
                .isEqualTo(done.unreadable());
        List<ExplainedMessage> hidden = explanation.messages().stream()
                .filter(message -> message.decision() instanceof Decision.Hide hide && hide.hiding() != Hiding.WITHHELD)
                .toList();
        assertThat(hidden).hasSameSizeAs(done.hidden());
        for (int i = 0; i < hidden.size(); i++) {
            HiddenMessage told = done.hidden().get(i);
            Decision.Hide hide = (Decision.Hide) hidden.get(i).decision();
            assertThat(hide.keywordId()).isEqualTo(told.keywordId());
            assertThat(hide.tag()).isEqualTo(told.tag());
            assertThat(hidden.get(i).sender()).isEqualTo(told.sender());
            assertThat(hidden.get(i).all(Field.POSITION))
                    .isEqualTo(told.position() == null ? List.of() : List.of(told.position()));
        }
        explanation.messages().forEach(ExplanationTest::assertReasonsExplainTheDecision);
    }

    private static void assertReasonsExplainTheDecision(ExplainedMessage message) {
        boolean isDecidedAgainst = message.reasons().stream()
                .anyMatch(reason -> reason instanceof Reason.HiddenSender
                        || (reason instanceof Reason.Carries carries && carries.standing() == Reason.Standing.DECIDES));
        assertThat(isDecidedAgainst).isEqualTo(!(message.decision() instanceof Decision.Deliver));
    }

    @Provide
    Arbitrary<PayloadType> types() {
        return Arbitraries.of(PayloadType.JSON, PayloadType.FRAME, PayloadType.JSON_LINES);
    }

    @Provide
    Arbitrary<String> dialects() {
        return Arbitraries.of("genesys-v2", "genesys-v1", "chatwoot", "directline", "auto");
    }

    /** Messages of all the dialects, some broken, in the lists of all the dialects. */
    @Provide
    Arbitrary<String> payloads() {
        Arbitrary<String> words = Arbitraries.of(
                "hi", "#undertone#", "a #COACH# b", "\\u0023undertone#", "undertone", "file-client-cfg-get", "ä");
        Arbitrary<String> kinds = Arbitraries.of("Client", "Agent", "External", "user", "bot", "?");
        Arbitrary<String> types = Arbitraries.of("Message", "Notice", "NicknameUpdated");
        Arbitrary<String> ids = Arbitraries.of("1", "2");
        Arbitrary<String> objects = Combinators.combine(words, words, kinds, types, ids)
                .as((text, nickname, kind, type, id) ->
                        "{\"from\":{\"type\":\"%s\",\"role\":\"%1$s\",\"nickname\":\"%s\",\"participantId\":\"%s\"},\"type\":\"%s\",\"index\":%3$s,\"text\":\"%s\"}"
                                .formatted(kind, nickname, id, type, text));
        Arbitrary<String> rows = Combinators.combine(words, words, kinds)
                .as((text, nickname, kind) ->
                        "[\"Message.Text\",\"%s\",\"%s\",\"6\",\"%s\"]".formatted(nickname, text, kind));
        Arbitrary<String> broken = Arbitraries.of("7", "\"#undertone#\"", "{", "nul");
        Arbitrary<String> messages =
                Arbitraries.frequencyOf(Tuple.of(8, objects), Tuple.of(3, rows), Tuple.of(1, broken));
        Arbitrary<String> lists = Arbitraries.of(
                "{\"messages\":[%s],\"nextPosition\":3}",
                "{\"transcriptToShow\":[%s]}",
                "{\"activities\":[%s]}",
                "[%s]",
                "{\"a\":\"#coach#\",\"messages\":[%s]}",
                "%s");
        return Combinators.combine(lists, messages.list().ofMaxSize(5))
                .as((list, all) -> list.formatted(all.stream().collect(Collectors.joining(","))));
    }
}
