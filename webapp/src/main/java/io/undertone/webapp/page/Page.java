package io.undertone.webapp.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.commons.text.StringSubstitutor;

/**
 * A page in the common frame, made of {@code NAME.html} and, where there is one, {@code NAME.js}, which stand beside a class. It may load
 * nothing, and run no script but its own. Immutable.
 */
public final class Page {
    private static final String FRAME = resource(Page.class, "frame.html");

    private final String template;
    private final String policy;

    /**
     * A page that everybody may see.
     *
     * @param owner the class that the files stand beside
     */
    public Page(Class<?> owner, String name) {
        this(owner, name, "");
    }

    /** A page for people who signed in, with a button to sign out by. */
    public static Page signedIn(Class<?> owner, String name) {
        return new Page(owner, name, resource(Page.class, "header.html"));
    }

    private Page(Class<?> owner, String name, String header) {
        String script = owner.getResource(name + ".js") == null ? "" : resource(owner, name + ".js");
        boolean scripted = !script.isEmpty();
        template = filled(
                FRAME,
                Map.of(
                        "header",
                        header,
                        "body",
                        resource(owner, name + ".html"),
                        "script",
                        scripted ? "<script>" + script + "</script>" : ""));
        policy = "default-src 'none'; style-src 'unsafe-inline'; script-src "
                + (scripted ? "'sha256-" + sha256(script) + "'" : "'none'")
                + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    /**
     * Sends the page as the whole reply, to be kept nowhere.
     *
     * @param html what stands for each {@code {{name}}}; whatever others wrote has to be {@link #escaped}
     */
    public void send(HttpServletResponse response, int status, Map<String, String> html) throws IOException {
        byte[] body = filled(template, html).getBytes(StandardCharsets.UTF_8);
        begin(response, status);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Begins a reply that the page is written into, in pieces. */
    public void begin(HttpServletResponse response, int status) {
        response.setStatus(status);
        response.setContentType("text/html; charset=utf-8");
        response.setHeader("Content-Security-Policy", policy);
        // With no referrer at all a browser would not tell from which page a form was sent.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
    }

    /**
     * What stands before a place of the page, and what stands behind it.
     *
     * @param place the name of a {@code {{name}}}, for which nothing stands
     * @param html as in {@link #send}
     */
    public Halves around(String place, Map<String, String> html) {
        String[] halves = template.split(Pattern.quote("{{" + place + "}}"), 2);
        return new Halves(filled(halves[0], html), filled(halves[1], html));
    }

    /** The two parts of a page between which something is to come. */
    public record Halves(String before, String after) {}

    /** Text as it stands in HTML, in an attribute with quotation marks too. */
    public static String escaped(String text) {
        return StringEscapeUtils.escapeHtml4(text);
    }

    private static String filled(String template, Map<String, String> values) {
        return new StringSubstitutor(new HashMap<>(values), "{{", "}}")
                .setDisableSubstitutionInValues(true)
                .replace(template);
    }

    private static String sha256(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }

    private static String resource(Class<?> owner, String name) {
        try (InputStream resource = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException("the application's own " + name + " cannot be read", broken);
        }
    }
}
