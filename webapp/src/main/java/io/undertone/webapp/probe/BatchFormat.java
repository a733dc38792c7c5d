package io.undertone.webapp.probe;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** What one line of a batch means. */
@FunctionalInterface
interface BatchFormat {
    /** One flat object a line. */
    BatchFormat JSON_LINES = line -> Parameters.ofJson(line, "line");

    Parameters read(String line) throws BadRequestException;

    /**
     * Comma- or semicolon-separated values, one record a line.
     *
     * @param header the first line, which names the columns
     */
    static BatchFormat csv(String header) throws BadRequestException {
        char delimiter = header.indexOf(',') < 0 && header.indexOf(';') >= 0 ? ';' : ',';
        CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
        List<String> columns =
                values(format, header).stream().map(String::strip).toList();
        if (columns.stream().noneMatch("InteractionId"::equalsIgnoreCase)) {
            throw bad("The first line names no column InteractionId: begin with a line such as"
                    + " InteractionId,ChatServerAppName,IsOnline");
        }
        return line -> record(columns, values(format, line));
    }

    private static Parameters record(List<String> columns, List<String> values) throws BadRequestException {
        if (values.size() != columns.size()) {
            throw bad("The line has %d values, and the first line names %d columns: send one value for each"
                    .formatted(values.size(), columns.size()));
        }
        Map<String, String> record = new LinkedHashMap<>();
        for (int index = 0; index < columns.size(); index++) {
            record.put(columns.get(index), values.get(index));
        }
        return Parameters.of(record);
    }

    private static List<String> values(CSVFormat format, String line) throws BadRequestException {
        try (CSVParser parser = CSVParser.parse(new StringReader(line), format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.isEmpty() ? List.of() : records.get(0).toList();
        } catch (IOException | UncheckedIOException e) {
            throw bad("The line is not CSV: close each quote, and write a quote inside of quotes twice");
        }
    }

    private static BadRequestException bad(String detail) {
        return new BadRequestException(HttpServletResponse.SC_BAD_REQUEST, "Bad line", detail);
    }
}
