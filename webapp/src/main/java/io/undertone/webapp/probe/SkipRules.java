package io.undertone.webapp.probe;

import io.undertone.webapp.config.SkipConfig;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says which chats are not to be disturbed, by their user data. A rule whose user data is not there skips nothing. Immutable. */
final class SkipRules {
    private static final int DIGITS_OF_MILLISECONDS = 12;

    private final SkipConfig config;

    SkipRules(SkipConfig config) {
        this.config = config;
    }

    /** The user data that the rules ask for. */
    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        if (config.youngerThan() != null) {
            keys.add(config.keys().receivedAt());
        }
        if (config.async()) {
            keys.add(config.keys().async());
        }
        if (config.inTransfer()) {
            keys.add(config.keys().inTransfer());
        }
        if (!config.media().isEmpty()) {
            keys.add(config.keys().media());
        }
        return keys;
    }

    /** Why nothing is sent; empty when the chat may be asked. */
    Optional<Reason> reason(Interaction interaction, Instant now) {
        Map<String, String> userData = interaction.userData();
        if (isOfAnotherMedium(userData)) {
            return Optional.of(Reason.SKIPPED_MEDIUM);
        }
        if (config.async() && isSet(userData.get(config.keys().async()))) {
            return Optional.of(Reason.SKIPPED_ASYNC);
        }
        if (config.inTransfer() && isSet(userData.get(config.keys().inTransfer()))) {
            return Optional.of(Reason.SKIPPED_IN_TRANSFER);
        }
        return isYoung(userData, now) ? Optional.of(Reason.SKIPPED_YOUNG) : Optional.empty();
    }

    private boolean isOfAnotherMedium(Map<String, String> userData) {
        String medium = userData.get(config.keys().media());
        return medium != null
                && !config.media().isEmpty()
                && config.media().stream().noneMatch(medium::equalsIgnoreCase);
    }

    private static boolean isSet(@Nullable String value) {
        return value != null
                && switch (value.strip().toLowerCase(Locale.ROOT)) {
                    case "", "0", "false", "no", "none" -> false;
                    default -> true;
                };
    }

    private boolean isYoung(Map<String, String> userData, Instant now) {
        String received = userData.get(config.keys().receivedAt());
        return config.youngerThan() != null
                && received != null
                && instant(received.strip())
                        .filter(at -> at.plus(config.youngerThan()).isAfter(now))
                        .isPresent();
    }

    /** Interaction servers write times in UTC, with a zone or without. */
    private static Optional<Instant> instant(String text) {
        try {
            if (text.matches("\\d{1,15}")) {
                long number = Long.parseLong(text);
                return Optional.of(
                        text.length() < DIGITS_OF_MILLISECONDS
                                ? Instant.ofEpochSecond(number)
                                : Instant.ofEpochMilli(number));
            }
            return Optional.of(
                    text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException notOne) {
            return Optional.empty();
        }
    }
}
