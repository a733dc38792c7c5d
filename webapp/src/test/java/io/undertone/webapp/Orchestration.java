package io.undertone.webapp;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.scxml.ErrorReporter;
import org.apache.commons.scxml.EventDispatcher;
import org.apache.commons.scxml.SCInstance;
import org.apache.commons.scxml.SCXMLExecutor;
import org.apache.commons.scxml.SCXMLExpressionException;
import org.apache.commons.scxml.TriggerEvent;
import org.apache.commons.scxml.env.SimpleErrorHandler;
import org.apache.commons.scxml.io.SCXMLParser;
import org.apache.commons.scxml.model.Action;
import org.apache.commons.scxml.model.CustomAction;
import org.apache.commons.scxml.model.ModelException;
import org.apache.commons.scxml.model.SCXML;
import org.apache.commons.scxml.model.TransitionTarget;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a workflow as an orchestration server does: by a state machine of SCXML, whose actions fetch by real HTTP. Events that
 * are sent with a delay come in their order, and at once.
 */
@SuppressWarnings("rawtypes")
public final class Orchestration implements EventDispatcher {
    private static final String MODULES = "http://www.genesyslab.com/modules/";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** An event that is to come, in the order of its time and then of its number. */
    private record Coming(TriggerEvent event, long dueAt, int number) {}

    private final Map<String, String> userData;
    private final String terminates;
    private final BiFunction<String, JsonNode, TriggerEvent> chatServers;
    private final HttpClient http = HttpClient.newHttpClient();
    private final PriorityQueue<Coming> coming =
            new PriorityQueue<>(Comparator.comparingLong(Coming::dueAt).thenComparingInt(Coming::number));
    private final List<String> fetched = new ArrayList<>();
    private final List<String> terminated = new ArrayList<>();
    private long now;
    private int numbers;

    /**
     * @param userData of the one interaction that there is
     * @param terminates the event by which the platform answers to the end of an interaction
     */
    Orchestration(Map<String, String> userData, String terminates) {
        this(userData, terminates, (server, request) -> event("error.session.fetch", Map.of("error", "esp.none")));
    }

    /** @param chatServers the event by which the platform tells of the answer to an ESP request, by server and request */
    Orchestration(
            Map<String, String> userData, String terminates, BiFunction<String, JsonNode, TriggerEvent> chatServers) {
        this.chatServers = chatServers;
        this.userData = userData;
        this.terminates = terminates;
    }

    /** Runs a workflow until it ends, and returns the states that it is in then. */
    Set<String> run(String scxml) throws IOException, SAXException, ModelException {
        List<CustomAction> actions = List.of(
                new CustomAction(MODULES + "session", "fetch", Fetch.class),
                new CustomAction(MODULES + "interaction", "terminate", Terminate.class));
        SCXML machine = SCXMLParser.parse(new InputSource(new StringReader(scxml)), new SimpleErrorHandler(), actions);
        EcmaScript language = new EcmaScript(this);
        SCXMLExecutor executor = new SCXMLExecutor(language, this, (code, detail, context) -> {});
        executor.setStateMachine(machine);
        executor.setRootContext(language.newContext(null));
        executor.go();
        while (!executor.getCurrentStatus().isFinal() && !coming.isEmpty()) {
            Coming next = coming.remove();
            now = next.dueAt();
            executor.triggerEvent(next.event());
        }
        Collection<?> states = executor.getCurrentStatus().getStates();
        return states.stream().map(state -> ((TransitionTarget) state).getId()).collect(Collectors.toSet());
    }

    /** What was fetched, without the address. */
    List<String> fetched() {
        return fetched;
    }

    /** Which interactions were stopped. */
    List<String> terminated() {
        return terminated;
    }

    /** The objects of the platform, as a script. */
    String platform() {
        return """
                var system = {InteractionID: '%1$s'};
                var _genesys = {ixn: {interactions: {'%1$s': {udata: %2$s}}}};
                var _event = payload === null ? undefined : {data: JSON.parse(payload)};
                """.formatted(userData.get("InteractionId"), JSON.writeValueAsString(userData));
    }

    @Override
    public void send(
            String sendId,
            String target,
            String targetType,
            String event,
            Map parameters,
            Object hints,
            long delay,
            List externalNodes) {
        comes(new TriggerEvent(event, TriggerEvent.SIGNAL_EVENT), delay);
    }

    @Override
    public void cancel(String sendId) {
        throw new UnsupportedOperationException("no workflow of ours cancels");
    }

    private void comes(TriggerEvent event, long delay) {
        coming.add(new Coming(event, now + delay, ++numbers));
    }

    private TriggerEvent fetch(String method, String address, String hints) {
        if (method.equals("esp")) {
            return chatServers.apply(address, JSON.readTree(hints));
        }
        fetched.add(address.substring(address.indexOf('?') + 1));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20));
        JSON.readTree(hints)
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asString()));
        try {
            HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return reply.statusCode() == 200
                    ? event("session.fetch.done", Map.of("content", reply.body()))
                    : event("error.session.fetch", Map.of("error", "http." + reply.statusCode()));
        } catch (IOException unreachable) {
            return event("error.session.fetch", Map.of("error", "http.unreachable"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return event("error.session.fetch", Map.of("error", "http.interrupted"));
        }
    }

    static TriggerEvent event(String name, Map<String, String> data) {
        return new TriggerEvent(name, TriggerEvent.SIGNAL_EVENT, JSON.writeValueAsString(data));
    }

    private static Orchestration of(SCInstance instance) {
        return ((EcmaScript) instance.getEvaluator()).orchestration();
    }

    /** {@code session:fetch}. */
    public static final class Fetch extends Action {
        private String method = "";
        private String srcexpr = "";
        private String hints = "";

        public void setMethod(String method) {
            this.method = method;
        }

        public void setSrcexpr(String srcexpr) {
            this.srcexpr = srcexpr;
        }

        public void setHints(String hints) {
            this.hints = hints;
        }

        @Override
        public void execute(
                EventDispatcher dispatcher, ErrorReporter reporter, SCInstance instance, Log log, Collection derived)
                throws ModelException, SCXMLExpressionException {
            var context = instance.getContext(getParentTransitionTarget());
            var language = instance.getEvaluator();
            String address = String.valueOf(language.eval(context, srcexpr));
            String headers = String.valueOf(language.eval(context, "JSON.stringify(" + hints + ")"));
            String how = String.valueOf(language.eval(context, method));
            Orchestration orchestration = of(instance);
            orchestration.comes(orchestration.fetch(how, address, headers), 0);
        }
    }

    /** {@code ixn:terminate}. */
    public static final class Terminate extends Action {
        private String interactionid = "";

        public void setInteractionid(String interactionid) {
            this.interactionid = interactionid;
        }

        @Override
        public void execute(
                EventDispatcher dispatcher, ErrorReporter reporter, SCInstance instance, Log log, Collection derived)
                throws ModelException, SCXMLExpressionException {
            Orchestration orchestration = of(instance);
            var context = instance.getContext(getParentTransitionTarget());
            orchestration.terminated.add(String.valueOf(instance.getEvaluator().eval(context, interactionid)));
            orchestration.comes(event(orchestration.terminates, Map.of()), 0);
        }
    }
}
