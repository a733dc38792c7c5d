package io.undertone.webapp.config;

import io.undertone.webapp.config.UpstreamConnection.Http2;
import io.undertone.webapp.tls.Identity;
import io.undertone.webapp.tls.Trust;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what files of keys and certificates are named. They are opened when a server starts. */
final class TlsReader {
    private TlsReader() {}

    /** The {@code tls} of a listener; null where there is none, or beside an error. */
    static @Nullable Identity identity(Section listener) {
        if (!listener.has("tls")) {
            return null;
        }
        Section section = listener.section("tls");
        Optional<Path> keyStore = section.optional("keyStore", TlsReader::path);
        Optional<String> password = section.optional("password", Values::notBlank);
        Optional<Path> passwordFile = section.optional("passwordFile", TlsReader::path);
        Optional<Path> certificate = section.optional("certificate", TlsReader::path);
        Optional<Path> key = section.optional("key", TlsReader::path);
        section.finish();
        if (password.isPresent() && passwordFile.isPresent()) {
            section.error("", "has a password and a passwordFile; keep one");
        }
        if (keyStore.isPresent() && certificate.isEmpty() && key.isEmpty()) {
            return new Identity.KeyStoreFile(keyStore.get(), password.orElse(null), passwordFile.orElse(null));
        }
        if (password.isPresent() || passwordFile.isPresent()) {
            section.error("", "has a password but no keyStore that it opens; a key in PEM has none");
        }
        if (keyStore.isEmpty() && certificate.isPresent() && key.isPresent()) {
            return new Identity.PemFiles(certificate.get(), key.get());
        }
        section.error("", "needs either a keyStore (PKCS#12), or a certificate and a key (PEM)");
        return null;
    }

    /** How a route's upstream is spoken to. */
    static UpstreamConnection connection(Section route) {
        UpstreamConnection otherwise = UpstreamConnection.DEFAULT;
        Http2 http2 = route.oneOf("http2", otherwise.http2(), "auto", "always", "never");
        Section section = route.section("tls");
        boolean verify = section.value("verify", otherwise.verify(), Values::yesOrNo);
        Optional<Path> trust = section.optional("trust", TlsReader::path);
        Optional<String> password = section.optional("password", Values::notBlank);
        section.finish();
        if (trust.isPresent() && !verify) {
            section.error("trust", "trusts nobody where 'verify' is false; keep one");
        }
        if (trust.isEmpty() && password.isPresent()) {
            section.error("password", "opens no 'trust'; name its file");
        }
        return new UpstreamConnection(
                http2,
                verify,
                trust.map(file -> new Trust(file, password.orElse(null))).orElse(null));
    }

    private static Path path(String text) {
        return Path.of(Values.notBlank(text));
    }
}
