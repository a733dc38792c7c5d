package io.undertone.webapp.probe;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's Platform SDK for Java, as far as ESP requests need it, by reflection: its jars are the operator's and no part of
 * the build. Thread-safe.
 *
 * <p>Where the signatures are from: the vendor's "Platform SDK Java 8.5 API Reference" has {@code KeyValueCollection} and its
 * {@code KVList}, {@code Message.messageId} and {@code ClientChannel}, which {@code ExternalServiceProtocol} extends; the
 * vendor's warm standby sample ({@code EspClient}) has {@code Request3rdServer} and the events' {@code getRequest}; published
 * clients of ESP servers and of interaction servers have {@code open}, {@code request} (null: no answer in time), the end point
 * with TLS and {@code EventError.getErrorCode}. Messages are abstract classes; what comes back is of a class that need not be
 * public.
 */
final class PsdkLibrary implements AutoCloseable {
    private static final String ROOT = "com.genesyslab.platform.";
    private static final String EXTERNAL_SERVICE = ROOT + "openmedia.protocol.externalservice.";

    private final PsdkJars jars;
    private final Class<?> endpoint;
    private final Constructor<?> newEndpoint;
    private final Constructor<?> newProtocol;
    private final Constructor<?> newList;
    private final Method addString;
    private final Method addList;
    private final Method getList;
    private final Method getString;
    private final Method newRequest;
    private final Method open;
    private final Method close;
    private final Method state;
    private final Method request;
    private final Method messageId;
    private final List<Method> envelopes = new ArrayList<>();
    private final Object opened;

    /** A call that did not end well; it says no more than the kind of its cause, which may quote what was sent. */
    static final class CallFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        CallFailedException(Throwable cause) {
            super(cause.getClass().getSimpleName());
        }
    }

    /**
     * Loads the SDK.
     *
     * @throws io.undertone.webapp.config.ConfigException if it is not all there; the message names what is missing, and what to do
     */
    PsdkLibrary(Path directory) {
        jars = new PsdkJars(directory);
        Class<?> list = jars.type(ROOT + "commons.collections.KeyValueCollection");
        Class<?> message = jars.type(ROOT + "commons.protocol.Message");
        Class<?> channelState = jars.type(ROOT + "commons.protocol.ChannelState");
        Class<?> requestType = jars.type(EXTERNAL_SERVICE + "request.Request3rdServer");
        endpoint = jars.type(ROOT + "commons.protocol.Endpoint");
        Class<?> protocol = jars.type(ROOT + "openmedia.protocol.ExternalServiceProtocol");
        newEndpoint = jars.constructor(endpoint, String.class, String.class, int.class);
        newProtocol = jars.constructor(protocol, endpoint);
        newList = jars.constructor(list);
        addString = jars.method(list, "addString", String.class, String.class);
        addList = jars.method(list, "addList", String.class, list);
        getList = jars.method(list, "getList", String.class);
        getString = jars.method(list, "getString", String.class);
        newRequest = jars.method(requestType, "create", list, list);
        open = jars.method(protocol, "open", long.class);
        close = jars.method(protocol, "close");
        state = jars.method(protocol, "getState");
        request = jars.method(protocol, "request", message, long.class);
        messageId = jars.method(message, "messageId");
        for (String event : List.of("Event3rdServerResponse", "Event3rdServerFault")) {
            envelopes.add(jars.method(jars.type(EXTERNAL_SERVICE + "event." + event), "getRequest"));
        }
        opened = jars.constant(channelState, "Opened");
    }

    /** A key-value list of texts. */
    Object list(Map<String, String> entries) throws CallFailedException {
        Object list = construct(newList);
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            call(addString, list, entry.getKey(), entry.getValue());
        }
        return list;
    }

    /** Puts a list into another one. */
    void addList(Object list, String key, Object inner) throws CallFailedException {
        call(addList, list, key, inner);
    }

    /** The text that a list holds in an inner list; null when there is none. */
    @Nullable
    String string(Object list, String innerKey, String key) throws CallFailedException {
        Object inner = call(getList, list, innerKey);
        Object text = inner == null ? null : call(getString, inner, key);
        return text == null ? null : text.toString();
    }

    /** A request with its envelope, and the interaction's user data. */
    Object request(Object envelope, Object userData) throws CallFailedException {
        Object message = call(newRequest, null, envelope, userData);
        if (message == null) {
            throw new CallFailedException(new NullPointerException());
        }
        return message;
    }

    /** A connection, not open yet. */
    Object protocol(String name, InetSocketAddress address, boolean tls) throws CallFailedException {
        String host = address.getHostString();
        int port = address.getPort();
        return construct(
                newProtocol,
                tls
                        ? construct(tlsEndpoint(), name, host, port, null, true, defaultTls(), null)
                        : construct(newEndpoint, name, host, port));
    }

    void open(Object protocol, Duration timeout) throws CallFailedException {
        call(open, protocol, timeout.toMillis());
    }

    boolean isOpen(Object protocol) throws CallFailedException {
        return opened.equals(call(state, protocol));
    }

    void close(Object protocol) throws CallFailedException {
        call(close, protocol);
    }

    /** Sends a request and waits. Returns what came back, null when nothing did in time. */
    @Nullable
    Object ask(Object protocol, Object message, Duration timeout) throws CallFailedException {
        return call(request, protocol, message, timeout.toMillis());
    }

    int messageId(Object message) throws CallFailedException {
        return call(messageId, message) instanceof Number number ? number.intValue() : -1;
    }

    /** The envelope of a response or a fault; null when it is neither, or has none. */
    @Nullable
    Object envelope(Object message) throws CallFailedException {
        for (Method getter : envelopes) {
            if (getter.getDeclaringClass().isInstance(message)) {
                return call(getter, message);
            }
        }
        return null;
    }

    /** What a getter without arguments says, as text; empty when the message has none of that name, or it says nothing. */
    String property(Object message, String getter) throws CallFailedException {
        try {
            Object value = call(publicClass(message).getMethod(getter), message);
            return value == null ? "" : value.toString();
        } catch (NoSuchMethodException none) {
            return "";
        }
    }

    /** The class by which everybody may call it. */
    private static Class<?> publicClass(Object message) {
        Class<?> type = message.getClass();
        while (!Modifier.isPublic(type.getModifiers())) {
            type = type.getSuperclass();
        }
        return type;
    }

    /**
     * Makes sure that connections can be TLS.
     *
     * @throws io.undertone.webapp.config.ConfigException if the jars have none of that kind
     */
    void requireTls() {
        tlsEndpoint();
    }

    /** What loads the SDK, for code of its own that asks its thread. */
    ClassLoader loader() {
        return jars.loader();
    }

    private Constructor<?> tlsEndpoint() {
        return Arrays.stream(endpoint.getConstructors())
                .filter(constructor -> isTls(constructor.getParameterTypes()))
                .findFirst()
                .orElseThrow(() -> jars.missing("constructor " + endpoint.getName()
                        + "(String, String, int, ConnectionConfiguration, boolean, SSLContext, …), which TLS needs"));
    }

    private static boolean isTls(Class<?>[] types) {
        return types.length == 7
                && types[0] == String.class
                && types[1] == String.class
                && types[2] == int.class
                && types[4] == boolean.class
                && types[5] == SSLContext.class
                && !types[6].isPrimitive();
    }

    private static SSLContext defaultTls() throws CallFailedException {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException broken) {
            throw new CallFailedException(broken);
        }
    }

    private static @Nullable Object call(Method method, @Nullable Object target, @Nullable Object... arguments)
            throws CallFailedException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw new CallFailedException(failed.getTargetException());
        } catch (IllegalAccessException | IllegalArgumentException defect) {
            throw new CallFailedException(defect);
        }
    }

    private static Object construct(Constructor<?> constructor, @Nullable Object... arguments)
            throws CallFailedException {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException failed) {
            throw new CallFailedException(failed.getTargetException());
        } catch (ReflectiveOperationException | IllegalArgumentException defect) {
            throw new CallFailedException(defect);
        }
    }

    @Override
    public void close() throws IOException {
        jars.close();
    }
}
