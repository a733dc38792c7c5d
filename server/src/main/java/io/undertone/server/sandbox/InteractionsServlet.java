package io.undertone.server.sandbox;

import io.undertone.webapp.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code GET /interactions/{id}}: the interaction's user data as it is now, a flat object of strings. */
final class InteractionsServlet extends HttpServlet {
    private final transient InteractionServer interactions;

    InteractionsServlet(InteractionServer interactions) {
        this.interactions = interactions;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        Optional<Interaction> interaction = interactions.interaction(id);
        if (interaction.isPresent()) {
            Json.write(response, interaction.get().userData());
        } else {
            new Problem(404, "No such interaction", "the queue holds no interaction '" + id + "'").writeTo(response);
        }
    }
}
