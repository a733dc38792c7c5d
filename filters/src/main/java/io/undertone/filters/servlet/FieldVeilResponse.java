package io.undertone.filters.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A response whose headers and trailers are judged on their way out. One that may not be seen is left out. */
abstract class FieldVeilResponse extends HttpServletResponseWrapper {
    private final Exchange exchange;

    FieldVeilResponse(HttpServletResponse response, Exchange exchange) {
        super(response);
        this.exchange = exchange;
    }

    private Optional<String> judge(String name, String value) {
        return exchange.fieldJudge().judge(name, value);
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (type == null) {
            super.setContentType(null);
        } else {
            judge("Content-Type", type).ifPresent(super::setContentType);
        }
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (value == null) {
            super.setHeader(name, null);
        } else {
            judge(name, value).ifPresent(seen -> super.setHeader(name, seen));
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (value == null) {
            super.addHeader(name, null);
        } else {
            judge(name, value).ifPresent(seen -> super.addHeader(name, seen));
        }
    }

    @Override
    public void addCookie(Cookie cookie) {
        StringBuilder field = new StringBuilder(cookie.getName()).append('=').append(cookie.getValue());
        cookie.getAttributes()
                .forEach((name, value) ->
                        field.append("; ").append(name).append('=').append(value));
        judge("Set-Cookie", field.toString()).ifPresent(seen -> super.addCookie(cookie));
    }

    @Override
    public void setTrailerFields(@Nullable Supplier<Map<String, String>> trailers) {
        super.setTrailerFields(trailers == null ? null : () -> judged(trailers.get()));
    }

    private @Nullable Map<String, String> judged(@Nullable Map<String, String> trailers) {
        if (trailers == null) {
            return null;
        }
        Map<String, String> seen = new LinkedHashMap<>();
        trailers.forEach((name, value) -> judge(name, value).ifPresent(shown -> seen.put(name, shown)));
        return seen;
    }
}
