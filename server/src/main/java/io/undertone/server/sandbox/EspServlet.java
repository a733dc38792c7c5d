package io.undertone.server.sandbox;

import io.undertone.webapp.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.core.JacksonException;

/** {@code POST /esp}: takes an ESP request as JSON and answers with the event that the interaction server would send. */
final class EspServlet extends HttpServlet {
    private final transient InteractionServer interactions;

    EspServlet(InteractionServer interactions) {
        this.interactions = interactions;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        EspRequest espRequest;
        try {
            espRequest =
                    EspRequest.of(Json.MAPPER.readTree(request.getInputStream().readAllBytes()));
        } catch (JacksonException malformed) {
            new Problem(400, "Not an ESP request", "the body is not JSON: " + malformed.getOriginalMessage())
                    .writeTo(response);
            return;
        } catch (IllegalArgumentException notAnObject) {
            new Problem(400, "Not an ESP request", String.valueOf(notAnObject.getMessage())).writeTo(response);
            return;
        }
        Json.write(response, interactions.relay(espRequest).toJson());
    }
}
