package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Classes with the names of the vendor's SDK, compiled into a jar; the tests' own class path has none of them. */
final class PsdkStandIn {
    private PsdkStandIn() {}

    /**
     * Compiles all of it, and packs what is wanted.
     *
     * @param wanted by the path of a class file, such as {@code com/x/Y.class}
     */
    static Path jar(Path directory, Predicate<String> wanted) throws IOException, URISyntaxException {
        Path sources = Path.of(
                Objects.requireNonNull(PsdkStandIn.class.getResource("/psdk")).toURI());
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Path jars = Files.createDirectories(directory.resolve("jars"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String[] files = files(sources, ".java").stream().map(Path::toString).toArray(String[]::new);
        String[] options = {"-d", classes.toString(), "-cp", classes.toString(), "-proc:none", "-nowarn"};
        String[] arguments = Stream.of(options, files).flatMap(Stream::of).toArray(String[]::new);
        assertThat(compiler.run(null, null, null, arguments)).isZero();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(jars.resolve("psdk.jar")))) {
            for (Path file : files(classes, ".class")) {
                String name = classes.relativize(file).toString();
                if (wanted.test(name)) {
                    jar.putNextEntry(new JarEntry(name));
                    Files.copy(file, jar);
                }
            }
        }
        return jars;
    }

    private static List<Path> files(Path directory, String suffix) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
