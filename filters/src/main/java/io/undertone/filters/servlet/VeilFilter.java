package io.undertone.filters.servlet;

import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.ChatMemories;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Judges every reply on its way to an audience. It stands in front of whatever speaks a chat system's dialect, a proxy or the
 * application itself, in any Jakarta container; it works with blocking and asynchronous servlets alike.
 *
 * <p>Map it with {@code asyncSupported}, for the dispatcher types {@code REQUEST}, {@code ASYNC}, {@code FORWARD} and {@code ERROR}, in front of everything
 * that a customer can reach. A container that makes the filter itself gives it the parameters of {@link FilterParameters}.
 * Thread-safe.
 */
public final class VeilFilter implements Filter {
    /** Of this filter: another in the same chain judges by its own keywords. */
    private final String veiledAttribute = VeilFilter.class.getName() + "@" + System.identityHashCode(this);

    private final VeilListener listener;
    private final ChatMemories memories;
    private Function<HttpServletRequest, Optional<VeilRoute>> routes;
    private Supplier<KeywordSet> keywords;
    private boolean isMadeByContainer;

    /** For a container, which says by parameters what is to be hidden. */
    public VeilFilter() {
        this(
                request -> {
                    throw new IllegalStateException("init was not called");
                },
                () -> {
                    throw new IllegalStateException("init was not called");
                },
                VeilListener.NONE);
        isMadeByContainer = true;
    }

    /**
     * @param routes how a request's reply is judged; empty for a reply that is not
     * @param keywords asked when the body of a reply begins, and for each field of its head
     * @param listener hears what is hidden and what could not be judged
     */
    public VeilFilter(
            Function<HttpServletRequest, Optional<VeilRoute>> routes,
            Supplier<KeywordSet> keywords,
            VeilListener listener) {
        this(routes, keywords, listener, new ChatMemories());
    }

    /**
     * As {@link #VeilFilter(Function, Supplier, VeilListener)}, for an application that judges by other ways, too.
     *
     * @param memories what is known of chats, whichever way their messages take
     */
    public VeilFilter(
            Function<HttpServletRequest, Optional<VeilRoute>> routes,
            Supplier<KeywordSet> keywords,
            VeilListener listener,
            ChatMemories memories) {
        this.memories = memories;
        this.routes = routes;
        this.keywords = keywords;
        this.listener = listener;
    }

    /** @throws ServletException if a parameter is missing or malformed; it says which, and how to write it */
    @Override
    public void init(FilterConfig config) throws ServletException {
        if (isMadeByContainer) {
            FilterParameters parameters = new FilterParameters(config);
            parameters.requireKnown();
            VeilRoute route = parameters.route();
            KeywordSet set = parameters.keywords();
            routes = request -> Optional.of(route);
            keywords = () -> set;
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(veiledAttribute) instanceof VeilRequest veiled) {
            if (request.getDispatcherType() == DispatcherType.ERROR) {
                // A reply of its own, to the same request: its path is not that of the page.
                veil(veiled.exchange(), request, response, chain);
            } else {
                continueVeiled(veiled, request, response, chain);
            }
            return;
        }
        HttpServletRequest httpRequest = (HttpServletRequest) request;
        Optional<VeilRoute> route = routes.apply(httpRequest);
        if (route.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        veil(new Exchange(httpRequest, route.get(), keywords, listener, memories), request, response, chain);
    }

    private void veil(Exchange exchange, ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        VeilResponse veiledResponse = new VeilResponse((HttpServletResponse) response, exchange);
        VeilRequest veiled = new VeilRequest((HttpServletRequest) request, veiledResponse, exchange);
        request.setAttribute(veiledAttribute, veiled);
        chain.doFilter(veiled, veiled.response());
        if (!veiled.wasAsyncStarted()) {
            veiled.response().finish();
        }
    }

    /**
     * The application dispatched the exchange anew; it is judged already, and only its end may be ours to see to. After a
     * forward the reply is over, and Tomcat 11 takes nothing more.
     */
    private static void continueVeiled(
            VeilRequest veiled, ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        DispatcherType type = request.getDispatcherType();
        if (type == DispatcherType.ASYNC) {
            veiled.exchange().breaksOff();
            veiled.response().requireUnbroken();
        }
        chain.doFilter(request, response);
        if ((type == DispatcherType.ASYNC || type == DispatcherType.FORWARD) && !veiled.isAsyncStarted()) {
            veiled.response().finish();
        }
    }
}
