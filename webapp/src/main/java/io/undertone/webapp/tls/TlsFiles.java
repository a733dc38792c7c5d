package io.undertone.webapp.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Reads files into key stores. */
final class TlsFiles {
    private TlsFiles() {}

    static byte[] content(Path file) throws TlsFileException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new TlsFileException(file, "does not exist; name a file that does");
        } catch (IOException unreadable) {
            throw new TlsFileException(file, "cannot be read; let this user read it");
        }
    }

    static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException | GeneralSecurityException never) {
            throw new IllegalStateException("every JDK has PKCS#12", never);
        }
    }

    static KeyStore keyStore(Path file, @Nullable String password) throws TlsFileException {
        byte[] content = content(file);
        char @Nullable [] secret = password == null ? null : password.toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), secret);
            return store;
        } catch (IOException failure) {
            throw failure.getCause() instanceof UnrecoverableKeyException
                    ? new TlsFileException(file, "does not open with this password; write its own")
                    : new TlsFileException(file, "is no PKCS#12 key store; name one, such as server.p12");
        } catch (KeyStoreException | NoSuchAlgorithmException | CertificateException broken) {
            throw new TlsFileException(file, "has something in it that cannot be read; write the file anew");
        }
    }
}
