package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ProbeTokensTest {
    private static final String ID = "0006Ka9HFHRR0T2B";
    private static final int HEAD_BYTES = 28;

    private final SettableClock clock = new SettableClock("2026-11-22T23:59:30Z");
    private final ProbeTokens tokens = node();

    private ProbeTokens node() {
        ProbeTokens node = new ProbeTokens(clock);
        node.use("a secret that all nodes share".getBytes(StandardCharsets.UTF_8));
        return node;
    }

    @Test
    void aTokenIsShortAndReadBackByEveryNodeThatSharesTheSecret() {
        String text = tokens.issue(ID);

        assertThat(text).hasSize(59).matches("[A-Za-z0-9_-]+").doesNotContain(ID);
        assertThat(node().read(text))
                .get()
                .extracting(ProbeToken::interactionId, ProbeToken::expiresAt)
                .containsExactly(ID, clock.instant().plus(ProbeTokens.LIFETIME));
        assertThat(new ProbeTokens(clock).read(text)).isEmpty();
    }

    @Property(tries = 200)
    void everyInteractionHasTokensOfItsOwn(@ForAll @NotBlank @StringLength(max = 256) String interactionId) {
        String plain = new String(interactionId.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Set<String> probes = new HashSet<>();
        for (int number = 0; number < 5; number++) {
            String text = tokens.issue(plain);
            assertThat(text.length()).isBetween(39, ProbeTokens.MOST_CHARACTERS);
            ProbeToken token = tokens.read(text).orElseThrow();
            assertThat(token.interactionId()).isEqualTo(plain);
            probes.add(token.probe());
        }
        assertThat(probes).hasSize(5);
    }

    @Property
    void aTokenThatWasTamperedWithIsRefused(
            @ForAll @IntRange(max = 43) int at, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] token = Base64.getUrlDecoder().decode(tokens.issue(ID));
        token[at] ^= (byte) change;

        assertThat(tokens.read(Base64.getUrlEncoder().withoutPadding().encodeToString(token)))
                .isEmpty();
    }

    @Property
    void aTokenThatWasPutTogetherFromTwoIsRefused(@ForAll @IntRange(min = 1, max = 43) int seam) {
        byte[] one = Base64.getUrlDecoder().decode(tokens.issue(ID));
        byte[] other = Base64.getUrlDecoder().decode(tokens.issue("0006Ka9HFHRR0T2C"));
        System.arraycopy(other, seam, one, seam, one.length - seam);

        assertThat(tokens.read(Base64.getUrlEncoder().withoutPadding().encodeToString(one)))
                .isEmpty();
    }

    @Property
    void aTokenThatWasCutOrLengthenedIsRefused(@ForAll @IntRange(max = 58) int length) {
        String text = tokens.issue(ID);

        assertThat(tokens.read(text.substring(0, length))).isEmpty();
        assertThat(tokens.read(text + text.substring(0, length + 1))).isEmpty();
    }

    @Property(tries = 500)
    void whatNobodyWroteIsRefused(@ForAll String anything) {
        assertThat(tokens.read(anything)).isEmpty();
    }

    @Test
    void aTokenHasOneSpelling() {
        String text = tokens.issue(ID + "x");

        assertThat(tokens.read(text)).isPresent();
        assertThat(tokens.read(text + "=")).isEmpty();
        // 45 bytes need all bits of 60 characters; 44 leave some that a lenient reader ignores.
        String loose = tokens.issue(ID);
        char last = loose.charAt(loose.length() - 1);
        assertThat(tokens.read(loose.substring(0, loose.length() - 1) + (char) (last + 1)))
                .isEmpty();
        assertThat(Base64.getUrlDecoder().decode(loose)).hasSize(HEAD_BYTES + ID.length());
    }

    @Test
    void aTokenIsGoodOverMidnightAndUntilItExpires() {
        String text = tokens.issue(ID);

        clock.pass(ProbeTokens.LIFETIME.minus(Duration.ofSeconds(1)));
        assertThat(tokens.read(text)).isPresent();
        clock.pass(Duration.ofSeconds(1));
        assertThat(tokens.read(text)).isEmpty();
    }

    @Test
    void aSecretThatComesLaterLeavesGoodWhatWasWritten() {
        ProbeTokens alone = new ProbeTokens(clock);
        String before = alone.issue(ID);
        alone.use("a secret that all nodes share".getBytes(StandardCharsets.UTF_8));
        alone.use("a secret that all nodes share".getBytes(StandardCharsets.UTF_8));

        assertThat(alone.read(before)).isPresent();
        assertThat(tokens.read(alone.issue(ID))).isPresent();
        assertThat(tokens.read(before)).isEmpty();
        assertThat(alone.read(tokens.issue(ID))).isPresent();
    }
}
