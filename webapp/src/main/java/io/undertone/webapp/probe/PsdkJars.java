package io.undertone.webapp.probe;

import io.undertone.webapp.config.ConfigException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The classes in the jars of a directory, which see the JDK and each other, and nothing of ours. Each look-up throws an
 * {@link ConfigException} that names what is missing and says what to do.
 */
final class PsdkJars implements AutoCloseable {
    private final Path directory;
    private final URLClassLoader loader;

    PsdkJars(Path directory) {
        this.directory = directory;
        loader = new URLClassLoader("psdk", urls(directory), ClassLoader.getPlatformClassLoader());
    }

    /** What loads these classes, for code of theirs that asks its thread. */
    ClassLoader loader() {
        return loader;
    }

    Class<?> type(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException absent) {
            throw missing("class " + name);
        } catch (LinkageError absent) {
            throw missing(absent);
        }
    }

    Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (LinkageError absent) {
            throw missing(absent);
        } catch (NoSuchMethodException absent) {
            throw missing("method %s.%s%s".formatted(type.getName(), name, signature(parameters)));
        }
    }

    Constructor<?> constructor(Class<?> type, Class<?>... parameters) {
        try {
            return type.getConstructor(parameters);
        } catch (LinkageError absent) {
            throw missing(absent);
        } catch (NoSuchMethodException absent) {
            throw missing("constructor " + type.getName() + signature(parameters));
        }
    }

    /** The value of a static field. */
    Object constant(Class<?> type, String name) {
        try {
            return type.getField(name).get(null);
        } catch (LinkageError absent) {
            throw missing(absent);
        } catch (ReflectiveOperationException absent) {
            throw missing("constant %s.%s".formatted(type.getName(), name));
        }
    }

    /** A class is there, and one that it needs is not: the error names that one. */
    private ConfigException missing(LinkageError absent) {
        return missing("class " + String.valueOf(absent.getMessage()).replace('/', '.'));
    }

    ConfigException missing(String what) {
        return unusable("the jars in " + directory + " have no " + what
                + "; put the jars of the vendor's Platform SDK for Java there, all of one version: the Open Media"
                + " protocol, and the commons, connection and key-value lists that it needs");
    }

    private static ConfigException unusable(String what) {
        return new ConfigException(List.of("probe.psdk.jars: " + what));
    }

    private static String signature(Class<?>... parameters) {
        return Arrays.stream(parameters).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
    }

    private static URL[] urls(Path directory) {
        List<URL> urls = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path jar : files) {
                urls.add(jar.toUri().toURL());
            }
        } catch (IOException unreadable) {
            throw unusable(directory + " cannot be read (" + unreadable.getMessage() + "); name a directory that can");
        }
        if (urls.isEmpty()) {
            throw unusable(directory
                    + " holds no jar; put those of the vendor's Platform SDK for Java there, with all that they need");
        }
        return urls.toArray(URL[]::new);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
