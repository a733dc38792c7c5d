package io.undertone.webapp;

import java.util.HashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.commons.scxml.Context;
import org.apache.commons.scxml.Evaluator;
import org.apache.commons.scxml.SCXMLExpressionException;
import org.apache.commons.scxml.env.SimpleContext;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/** The language of a workflow's expressions: its data stand in {@code _data}, the event in {@code _event}. */
final class EcmaScript implements Evaluator {
    private static final Document DOCUMENT = document();

    private final Orchestration orchestration;

    EcmaScript(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    Orchestration orchestration() {
        return orchestration;
    }

    @Override
    public @Nullable Object eval(Context context, @Nullable String expression) throws SCXMLExpressionException {
        if (expression == null) {
            return null;
        }
        try (org.mozilla.javascript.Context script = org.mozilla.javascript.Context.enter()) {
            Scriptable scope = script.initStandardObjects();
            Scriptable data = script.newObject(scope);
            variables(context).forEach((name, value) -> ScriptableObject.putProperty(data, name, value));
            ScriptableObject.putProperty(scope, "_data", data);
            ScriptableObject.putProperty(scope, "payload", context.get("_eventdata"));
            script.evaluateString(scope, orchestration.platform(), "platform", 1, null);
            Object result = script.evaluateString(scope, "(" + expression + ")", "expression", 1, null);
            return result instanceof Boolean || Undefined.isUndefined(result) || result == null
                    ? result
                    : ScriptRuntime.toString(result);
        } catch (RhinoException wrong) {
            throw new SCXMLExpressionException(expression + ": " + wrong.details(), wrong);
        }
    }

    @Override
    public Boolean evalCond(Context context, String expression) throws SCXMLExpressionException {
        return Boolean.TRUE.equals(eval(context, expression));
    }

    @Override
    public Node evalLocation(Context context, String expression) throws SCXMLExpressionException {
        // The engine asks of every value, too, whether it is a place, and takes an exception for a no.
        if (!expression.matches("_data\\.\\w+")) {
            throw new SCXMLExpressionException("no place: " + expression);
        }
        String name = expression.substring("_data.".length());
        Context scope = context;
        while (!scope.getVars().containsKey(name) && scope.getParent() != null) {
            scope = scope.getParent();
        }
        Node value = DOCUMENT.createElement(name);
        scope.setLocal(name, value);
        return value;
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .newDocument();
        } catch (ParserConfigurationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public Context newContext(@Nullable Context parent) {
        return new SimpleContext(parent);
    }

    private static Map<String, Object> variables(Context context) {
        Map<String, Object> variables = new HashMap<>();
        for (Context scope = context; scope != null; scope = scope.getParent()) {
            for (Object entry : scope.getVars().entrySet()) {
                Map.Entry<?, ?> variable = (Map.Entry<?, ?>) entry;
                Object value = variable.getValue() instanceof Node node ? node.getTextContent() : variable.getValue();
                if (value instanceof String text) {
                    variables.putIfAbsent(variable.getKey().toString(), text);
                }
            }
        }
        return variables;
    }
}
