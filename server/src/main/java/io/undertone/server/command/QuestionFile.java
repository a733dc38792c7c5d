package io.undertone.server.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Questions in a file, in the form in which a batch takes them.
 *
 * @param mediaType of the batch
 * @param header the line before all others, null for none
 * @param lines one question each
 */
record QuestionFile(String mediaType, @Nullable String header, List<Line> lines) {
    private static final String JSON_LINES = "application/x-ndjson";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** @param number in the file, counted from 1 */
    record Line(int number, String text) {}

    QuestionFile {
        lines = List.copyOf(lines);
    }

    /**
     * Tells the form by the first line: a JSON object, the header of a CSV, or else an id.
     *
     * @param server the chat server of all ids, null when nobody said
     * @throws IllegalArgumentException if there is no question, or no way to tell what one is
     */
    static QuestionFile parse(String content, @Nullable String server) {
        List<Line> lines = lines(content.startsWith("\uFEFF") ? content.substring(1) : content);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("is empty; write the id of a chat on each line");
        }
        String first = lines.get(0).text();
        boolean isJson = first.startsWith("{");
        boolean isCsv = !isJson && Arrays.stream(first.split("[,;]")).anyMatch(QuestionFile::isInteractionId);
        if ((isJson || isCsv) && server != null) {
            throw new IllegalArgumentException(
                    "names servers itself; leave '--server' out, and write ChatServerAppName into the file");
        }
        if (isCsv && lines.size() == 1) {
            throw new IllegalArgumentException("has a header and nothing below it; write one chat on each line");
        }
        if (isJson) {
            return new QuestionFile(JSON_LINES, null, lines);
        }
        return isCsv
                ? new QuestionFile("text/csv", first, lines.subList(1, lines.size()))
                : new QuestionFile(
                        JSON_LINES,
                        null,
                        lines.stream().map(line -> question(line, server)).toList());
    }

    private static List<Line> lines(String content) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : content.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                lines.add(new Line(number, line.strip()));
            }
        }
        return lines;
    }

    private static boolean isInteractionId(String column) {
        return column.replace("\"", "").strip().equalsIgnoreCase("InteractionId");
    }

    private static Line question(Line line, @Nullable String server) {
        if (line.text().matches(".*[,;\\s\"{}].*")) {
            throw new IllegalArgumentException(
                    "line " + line.number()
                            + " is no id; write one on each line, or begin with a header such as InteractionId,ChatServerAppName");
        }
        Map<String, String> question = new LinkedHashMap<>();
        question.put("InteractionId", line.text());
        if (server != null) {
            question.put("ChatServerAppName", server);
        }
        return new Line(line.number(), JSON.writeValueAsString(question));
    }

    int size() {
        return lines.size();
    }

    /** The same in parts of so many questions at the most. */
    List<QuestionFile> parts(int most) {
        List<QuestionFile> parts = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += most) {
            parts.add(new QuestionFile(mediaType, header, lines.subList(from, Math.min(from + most, lines.size()))));
        }
        return parts;
    }

    /** What is sent. */
    String body() {
        return Stream.concat(Stream.ofNullable(header), lines.stream().map(Line::text))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The line of the file that a line of {@link #body} is, both counted from 1. */
    int numberInFile(int lineOfBody) {
        return lines.get(lineOfBody - (header == null ? 1 : 2)).number();
    }
}
