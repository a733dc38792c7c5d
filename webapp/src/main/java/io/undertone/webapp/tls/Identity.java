package io.undertone.webapp.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who a listener is: the files of a private key and of the certificates that vouch for it. */
public sealed interface Identity {
    /** What the keys of a loaded store are kept under. */
    String KEY_PASSWORD = "";

    /**
     * Reads the files as they are now.
     *
     * @return a store of its own with one key at least, which {@link #KEY_PASSWORD} opens
     * @throws TlsFileException if they are not the files of an identity, or not of the same one
     */
    KeyStore load() throws TlsFileException;

    /** All files that {@link #load} reads. */
    List<Path> files();

    /**
     * A PKCS#12 key store.
     *
     * @param password null where {@code passwordFile} has it, or where there is none
     * @param passwordFile holds the password on its first line; null where {@code password} is it
     */
    record KeyStoreFile(
            Path keyStore,
            @Nullable String password,
            @Nullable Path passwordFile) implements Identity {
        @Override
        public KeyStore load() throws TlsFileException {
            String opening = opening();
            KeyStore read = TlsFiles.keyStore(keyStore, opening);
            KeyStore store = TlsFiles.empty();
            try {
                for (String alias : Collections.list(read.aliases())) {
                    if (read.isKeyEntry(alias)) {
                        store.setKeyEntry(
                                alias,
                                read.getKey(alias, opening.toCharArray()),
                                KEY_PASSWORD.toCharArray(),
                                read.getCertificateChain(alias));
                    }
                }
                if (store.size() == 0) {
                    throw new TlsFileException(keyStore, "has no private key in it; write one into it");
                }
                return store;
            } catch (GeneralSecurityException unreadable) {
                throw new TlsFileException(
                        keyStore, "has a key in it that its password does not open; use one for both");
            }
        }

        private String opening() throws TlsFileException {
            if (passwordFile == null) {
                return password == null ? "" : password;
            }
            return new String(TlsFiles.content(passwordFile), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }

        @Override
        public List<Path> files() {
            return passwordFile == null ? List.of(keyStore) : List.of(keyStore, passwordFile);
        }

        /** Never shows the password. */
        @Override
        public String toString() {
            return "KeyStoreFile[" + keyStore + "]";
        }
    }

    /**
     * Two files in PEM, as certificate authorities hand them out. One file may hold both.
     *
     * @param certificate the server's certificate, and behind it those that lead to the authority
     * @param key its private key, in PKCS#8 and without a pass phrase
     */
    record PemFiles(Path certificate, Path key) implements Identity {
        @Override
        public KeyStore load() throws TlsFileException {
            List<X509Certificate> chain = Pem.certificates(certificate);
            KeyStore store = TlsFiles.empty();
            try {
                store.setKeyEntry(
                        "server",
                        Pem.privateKey(key, chain.get(0)),
                        KEY_PASSWORD.toCharArray(),
                        chain.toArray(Certificate[]::new));
                return store;
            } catch (KeyStoreException notAChain) {
                throw new TlsFileException(
                        certificate,
                        "has certificates in it that do not follow from each other; begin with the server's");
            }
        }

        @Override
        public List<Path> files() {
            return certificate.equals(key) ? List.of(certificate) : List.of(certificate, key);
        }
    }
}
