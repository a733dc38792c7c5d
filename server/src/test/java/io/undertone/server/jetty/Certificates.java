package io.undertone.server.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.webapp.tls.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Keys, and certificates that vouch for themselves, made by the JDK's own tool in a directory. */
public final class Certificates {
    public static final String PASSWORD = "pass word";

    private final Path directory;

    public Certificates(Path directory) {
        this.directory = directory;
    }

    /** A PKCS#12 key store for this machine's names. */
    public Path keyStore(String name, String... more) {
        return keyStoreFor(name, "dns:localhost,ip:127.0.0.1", more);
    }

    Path keyStoreFor(String name, String names, String... more) {
        Path store = directory.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(more.length == 0 ? List.of("-keyalg", "EC") : List.of(more));
        try {
            Files.deleteIfExists(store);
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
            assertThat(keytool.waitFor()).as(said).isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return store;
    }

    /** The certificate of a store, in PEM. */
    Path certificate(Path keyStore) {
        try {
            return pem(
                    keyStore,
                    ".crt",
                    "CERTIFICATE",
                    open(keyStore).getCertificate("server").getEncoded());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The key of a store, in PEM. */
    Path key(Path keyStore) {
        try {
            return pem(
                    keyStore,
                    ".key",
                    "PRIVATE KEY",
                    open(keyStore).getKey("server", PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** For a client that believes these certificates and nobody else. */
    static SSLContext trusting(Path... certificates) {
        try {
            Path all = Files.createTempFile("trusted", ".pem");
            for (Path certificate : certificates) {
                Files.write(all, Files.readAllBytes(certificate), StandardOpenOption.APPEND);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trust(all, null).load()}, null);
            Files.delete(all);
            return context;
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static KeyStore open(Path keyStore) throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path pem(Path keyStore, String ending, String kind, byte[] content) {
        Path file = Path.of(keyStore.toString().replace(".p12", ending));
        String text = "# a word before it\n-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
        try {
            return Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
