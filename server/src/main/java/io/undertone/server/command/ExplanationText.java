package io.undertone.server.command;

import static io.undertone.server.command.ExplanationWords.capitalised;
import static io.undertone.server.command.ExplanationWords.quoted;
import static io.undertone.server.command.ExplanationWords.spelled;

import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.payload.Decision;
import io.undertone.filters.payload.ExplainedMessage;
import io.undertone.filters.payload.Explainer;
import io.undertone.filters.payload.Explanation;
import io.undertone.filters.payload.Hiding;
import io.undertone.filters.payload.Reason;
import io.undertone.filters.payload.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** An explanation for people. */
final class ExplanationText {
    private final Explainer explainer;
    private final Ansi ansi;

    ExplanationText(Explainer explainer, Ansi ansi) {
        this.explainer = explainer;
        this.ansi = ansi;
    }

    /** A paragraph for each message, and what is sent in all. */
    String of(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        lines.add("dialect " + explainer.dialect().name() + ", type " + spelled(explainer.type()) + ", audience "
                + spelled(explainer.audience()));
        for (ExplainedMessage message : explanation.messages()) {
            lines.add("");
            lines.add(title(message));
            lines.add("  sender    " + sender(message));
            for (String text : message.all(Field.TEXT)) {
                lines.add("  text      " + quoted(text));
            }
            reasons(message).forEach(reason -> lines.add("  because   " + reason));
        }
        lines.add("");
        if (explanation.messages().isEmpty()) {
            lines.add("messages  none was found where the dialect has them");
        } else {
            lines.add("messages  " + counts(explanation));
        }
        lines.add("bytes     " + explanation.bytesIn() + " in, " + explanation.bytesOut() + " out");
        if (explanation.unreadable() != null) {
            lines.addAll(unreadable(explanation.unreadable(), explanation.bytesOut()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String title(ExplainedMessage message) {
        String position = message.all(Field.POSITION).isEmpty()
                ? ""
                : ", position " + String.join(" or ", message.all(Field.POSITION));
        return "message " + message.number() + position + ": " + outcome(message.decision());
    }

    private String outcome(Decision decision) {
        if (decision instanceof Decision.Hide hide) {
            return ansi.string("@|bold,red hidden|@") + " (" + hide.tag() + "), " + inWords(hide.hiding());
        }
        if (decision instanceof Decision.Tag tag) {
            return ansi.string("@|bold,yellow tagged|@ ") + tag.visibility() + ", which the "
                    + spelled(explainer.audience()) + " may see";
        }
        return ansi.string("@|bold,green delivered|@");
    }

    private static String inWords(Hiding hiding) {
        return switch (hiding) {
            case REMOVED -> "taken out of its list";
            case REPLACED -> "a harmless row stands in its place";
            case EMPTIED -> "it has to arrive: what carries the keyword is emptied";
            case DROPPED -> "dropped whole";
            case WITHHELD -> "but it is the whole reply, which cannot be nothing";
        };
    }

    private static String sender(ExplainedMessage message) {
        List<String> kinds = message.all(Field.KIND);
        String kind = capitalised(message.sender());
        String spelling = kinds.isEmpty()
                ? " (none is named)"
                : kinds.equals(List.of(kind))
                        ? ""
                        : kinds.stream()
                                .map(ExplanationWords::quoted)
                                .collect(Collectors.joining(" and ", " (spelled ", ")"));
        String nickname = message.all(Field.NICKNAME).stream()
                .map(name -> ", nickname " + quoted(name))
                .collect(Collectors.joining());
        return kind + spelling + nickname;
    }

    private static List<String> reasons(ExplainedMessage message) {
        return message.reasons().isEmpty()
                ? List.of("no keyword stands in it, and its sender is no hidden participant")
                : message.reasons().stream()
                        .map(reason -> inWords(reason, message))
                        .toList();
    }

    private static String inWords(Reason reason, ExplainedMessage message) {
        if (reason instanceof Reason.Exempt exempt) {
            return exempt.values().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(value -> spelled(value.getKey()) + " " + quoted(value.getValue()))
                    .collect(Collectors.joining(" and ", "the dialect exempts it: messages with ", " always arrive"));
        }
        if (reason instanceof Reason.HiddenSender hidden) {
            return switch (hidden.sign()) {
                case NICKNAME -> "its sender is a hidden participant, by the nickname " + quoted(hidden.value());
                case RENAME -> "its sender becomes a hidden participant, by the new nickname " + quoted(hidden.value());
                case KNOWN_ID ->
                    "its sender is a hidden participant, by the id " + quoted(hidden.value())
                            + " that an event before it had";
            };
        }
        if (reason instanceof Reason.OwnVisibility own) {
            return "it says itself that its visibility is " + own.visibility();
        }
        Reason.Carries carries = (Reason.Carries) reason;
        return keyword(carries.keyword()) + " stands in " + place(carries) + consequence(carries, message);
    }

    private static String place(Reason.Carries carries) {
        return switch (carries.field()) {
            case TEXT -> "its text";
            case OTHER -> "another field, " + quoted(carries.value());
            default -> "its " + spelled(carries.field());
        };
    }

    static String keyword(Keyword keyword) {
        return "keyword " + quoted(keyword.text()) + " (" + keyword.id() + ", " + keyword.visibility() + ", "
                + spelled(keyword.match()) + ", " + spelled(keyword.compare()) + ")";
    }

    private static String consequence(Reason.Carries carries, ExplainedMessage message) {
        return switch (carries.standing()) {
            case DECIDES -> "";
            case OVERRULED -> ", but another keyword decides already";
            case NOT_FROM_SENDER -> ", but does not count: its 'from' leaves out " + capitalised(message.sender());
            case NOT_ASKED -> ", but that is decided already";
        };
    }

    private static String counts(Explanation explanation) {
        List<String> counts = new ArrayList<>();
        counts.add(explanation.delivered() + " delivered");
        counts.add(explanation.tagged() + " tagged");
        for (Hiding hiding : Hiding.values()) {
            counts.add(explanation.hidden(hiding) + " " + spelled(hiding));
        }
        return String.join(", ", counts);
    }

    private List<String> unreadable(Unreadable unreadable, long sent) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(ansi.string("@|bold,red unreadable|@") + " at byte " + unreadable.offset() + " (line "
                + unreadable.line() + ", column " + unreadable.column() + "): "
                + ExplanationWords.inWords(unreadable.reason()));
        if (unreadable.stray() != null) {
            lines.add("  words     " + quoted(unreadable.stray().words()));
            lines.add("  because   " + keyword(unreadable.stray().keyword()) + " stands in them");
        }
        lines.add("  withhold  " + (sent == 0 ? "a problem document is sent instead" : "the reply ends before it"));
        lines.add("  pass      "
                + (unreadable.mayPass()
                        ? "the rest is sent as it is, for no keyword can be in it"
                        : "the same, for a keyword may be in the rest"));
        return lines;
    }
}
