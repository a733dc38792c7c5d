package io.undertone.webapp.management;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.Map;

/**
 * All that stands behind the token, brought by programs with each request and by people once.
 *
 * @param overview what the start page says is running, as safe HTML; everybody may read it
 * @param servlets by URL pattern, those that others bring, such as the workflow's endpoint
 */
public record ManagementSide(
        ManagementToken token,
        Readiness readiness,
        PrometheusMeterRegistry meters,
        String overview,
        Map<String, HttpServlet> servlets) {

    public ManagementSide {
        servlets = Map.copyOf(servlets);
    }

    /**
     * Registers all of it in a context.
     *
     * @param prefix what every path begins with, empty for none
     */
    public void register(ServletContext context, String prefix) {
        FilterRegistration.Dynamic filter = context.addFilter("management-token", new TokenFilter(token, prefix));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, prefix + "/*");
        FilterRegistration.Dynamic signIn =
                context.addFilter("management-sign-in", new SignInFilter(token, Ticker.systemTicker()));
        signIn.setAsyncSupported(true);
        SignInFilter.PAGES.forEach(
                page -> signIn.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, prefix + page));
        add(context, prefix + "/health/*", new HealthServlet(readiness));
        add(context, prefix + "/metrics", new MetricsServlet(meters));
        add(context, prefix + "/workflows/*", new WorkflowsServlet());
        add(context, prefix + "/*", new PagesServlet(prefix, overview));
        servlets.forEach((pattern, servlet) -> add(context, prefix + pattern, servlet));
    }

    private static void add(ServletContext context, String pattern, HttpServlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet("management " + pattern, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(pattern);
    }
}
