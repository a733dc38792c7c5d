package io.undertone.webapp.config;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.payload.OnUnreadable;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the routes of the file. */
final class RouteReader {
    private final Supplier<DialectCatalogue> dialects;

    /** @param dialects asked when a route is read, after the file's own dialects were */
    RouteReader(Supplier<DialectCatalogue> dialects) {
        this.dialects = dialects;
    }

    Optional<RouteConfig> listed(Section section) {
        Optional<String> path = section.required("path", "the prefix of the requests, / for all", Values::routePath);
        String dialect = section.value("dialect", RouteConfig.DEFAULT_DIALECT, text -> dialects.get()
                .require(text)
                .name());
        Audience audience = section.oneOf("audience", Audience.CUSTOMER, "customer", "agent", "supervisor");
        OnUnreadable onUnreadable = section.oneOf("onUnreadable", OnUnreadable.WITHHOLD, "withhold", "pass");
        List<URI> upstreams = upstreams(section);
        boolean preserveHost = section.value("preserveHost", false, Values::yesOrNo);
        long maxRequestBody = section.value("maxRequestBody", RouteConfig.DEFAULT_MAX_REQUEST_BODY, Values::size);
        CorsConfig cors = section.has("cors") ? cors(section.section("cors")) : null;
        UpstreamConnection connection = TlsReader.connection(section);
        return path.isEmpty() || upstreams.isEmpty()
                ? Optional.empty()
                : Optional.of(new RouteConfig(
                        path.get(),
                        upstreams,
                        preserveHost,
                        dialect,
                        audience,
                        onUnreadable,
                        maxRequestBody,
                        cors,
                        connection));
    }

    private static List<URI> upstreams(Section section) {
        if (section.texts("upstream").isEmpty()) {
            section.error("upstream", "is missing; write http://HOST:PORT, or a list of them");
            return List.of();
        }
        List<URI> upstreams = section.values("upstream", Values::upstream);
        Set<URI> seen = new LinkedHashSet<>();
        for (URI upstream : upstreams) {
            if (!seen.add(upstream)) {
                section.error("upstream", "names " + upstream + " twice; keep one");
            }
        }
        return upstreams;
    }

    private static @Nullable CorsConfig cors(Section section) {
        Set<String> origins = Set.copyOf(section.values("allowedOrigins", Values::origin));
        if (section.texts("allowedOrigins").isEmpty()) {
            section.error(
                    "allowedOrigins", "is missing; write the origins, such as https://shop.example, or * for any");
        }
        boolean isAny = origins.contains(CorsConfig.ANY_ORIGIN);
        if (isAny && origins.size() > 1) {
            section.error("allowedOrigins", "has * and others; keep * alone, or leave it out");
        }
        boolean credentials = section.value("allowCredentials", !isAny, Values::yesOrNo);
        if (isAny && credentials) {
            section.error(
                    "allowCredentials", "any origin may not bring cookies; name the origins, or write false here");
        }
        CorsConfig cors = new CorsConfig(origins, credentials, section.duration("maxAge", CorsConfig.DEFAULT_MAX_AGE));
        section.finish();
        return cors;
    }
}
