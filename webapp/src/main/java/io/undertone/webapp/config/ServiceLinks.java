package io.undertone.webapp.config;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The variables by which Kubernetes tells a pod of the services beside it (its documentation, "Service", "Environment
 * variables"). Of a service that is called {@code undertone}, or {@code undertone-management}, they begin as ours do, and
 * nobody typed them.
 */
final class ServiceLinks {
    private static final String HOST = "_SERVICE_HOST";
    private static final String PORT = "_PORT";

    private static final Pattern NAME = Pattern.compile(
            ".+(" + HOST + "|_SERVICE_PORT(_.+)?|" + PORT + "_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");
    private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.+:\\d+");

    private ServiceLinks() {}

    /**
     * Whether a variable is one of them. A port may be an option's own, {@code UNDERTONE_MANAGEMENT_PORT}: it is a link where
     * it holds an address, and the service's host stands beside it.
     *
     * @param variables all that there are
     */
    static boolean isOne(String name, String value, Map<String, String> variables) {
        return NAME.matcher(name).matches()
                || (name.endsWith(PORT)
                        && ADDRESS.matcher(value).matches()
                        && variables.containsKey(name.substring(0, name.length() - PORT.length()) + HOST));
    }
}
