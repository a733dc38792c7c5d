package io.undertone.filters.coding;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingLibraryTest {
    /** The classes of this module alone, as in an application that bundles neither library. */
    private static URLClassLoader withoutLibraries() {
        URL classes = ContentCoding.class.getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    }

    @Test
    void withoutItsLibraryACodingIsNotReadAndNotAskedFor() throws Exception {
        try (URLClassLoader loader = withoutLibraries()) {
            Class<?> accepting = loader.loadClass(AcceptEncoding.class.getName());
            Object accepted = accepting.getConstructor(List.class).newInstance(List.of("gzip, deflate, br, zstd"));
            assertThat(accepting.getMethod("readable").invoke(accepted)).isEqualTo("gzip, deflate");
        }
    }
}
