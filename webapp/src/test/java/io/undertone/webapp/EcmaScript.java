package io.undertone.webapp;

import java.util.HashMap;
import java.util.Map;
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
import org.w3c.dom.Node;

/** The language of a workflow's expressions: its data stand in {@code _data}, the event in {@code _event}. */
final class EcmaScript implements Evaluator {
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
    public Node evalLocation(Context context, String expression) {
        throw new UnsupportedOperationException("no workflow of ours assigns");
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
                if (variable.getValue() instanceof String text) {
                    variables.putIfAbsent(variable.getKey().toString(), text);
                }
            }
        }
        return variables;
    }
}
