package io.undertone.server.drill;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Draws what a value was over the simulated hour, as SVG that takes its colours from the page. */
final class Chart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 250;
    private static final int LEFT = 64;
    private static final int RIGHT = 30;
    private static final int TOP = 14;
    private static final int BOTTOM = 30;
    private static final int MINUTES_PER_MARK = 10;
    private static final int MOST_LINES = 5;

    /**
     * One line of the chart.
     *
     * @param style the CSS class that colours it
     */
    record Series(String style, List<Outcome.Point> course) {}

    private final String title;
    private final ToLongFunction<Outcome.Point> value;
    private final Duration crashAt;

    Chart(String title, ToLongFunction<Outcome.Point> value, Duration crashAt) {
        this.title = title;
        this.value = value;
        this.crashAt = crashAt;
    }

    String draw(List<Series> lines) {
        long most = lines.stream()
                .flatMap(line -> line.course().stream())
                .mapToLong(value)
                .max()
                .orElse(0);
        long step = step(most);
        long top = Math.max(1, (most + step - 1) / step) * step;
        StringBuilder svg = new StringBuilder(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n".formatted(WIDTH, HEIGHT, title));
        for (long mark = 0; mark <= top; mark += step) {
            String y = y(mark, top);
            svg.append("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
                            .formatted(LEFT, WIDTH - RIGHT, y, y))
                    .append("<text class=\"value\" x=\"%d\" y=\"%s\">%s</text>%n"
                            .formatted(LEFT - 10, y, String.format(Locale.ROOT, "%,d", mark)));
        }
        for (int minute = 0; minute <= Hour.LENGTH.toMinutes(); minute += MINUTES_PER_MARK) {
            svg.append("<text class=\"time\" x=\"%s\" y=\"%d\">%d min</text>%n"
                    .formatted(x(Duration.ofMinutes(minute)), HEIGHT - 8, minute));
        }
        svg.append("<line class=\"crash\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\"/>%n"
                .formatted(x(crashAt), TOP, HEIGHT - BOTTOM));
        lines.forEach(line -> svg.append(
                "<polyline class=\"%s\" points=\"%s\"/>%n".formatted(line.style(), points(line.course(), top))));
        return svg.append("</svg>").toString();
    }

    private String points(List<Outcome.Point> course, long top) {
        return course.stream()
                .map(point -> x(point.at()) + "," + y(value.applyAsLong(point), top))
                .collect(Collectors.joining(" "));
    }

    private static String x(Duration at) {
        return number(LEFT + (double) (WIDTH - LEFT - RIGHT) * at.toMillis() / Hour.LENGTH.toMillis());
    }

    private static String y(long amount, long top) {
        return number(HEIGHT - BOTTOM - (double) (HEIGHT - TOP - BOTTOM) * amount / top);
    }

    private static String number(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    /** A round distance between the lines of the grid: 1, 2 or 5, and noughts. */
    private static long step(long most) {
        for (long power = 1; ; power *= 10) {
            for (long step : new long[] {power, 2 * power, 5 * power}) {
                if (step * MOST_LINES >= most) {
                    return step;
                }
            }
        }
    }
}
