package io.undertone.webapp.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose word is taken for who a server is: a file of certificates in PEM, or a PKCS#12 key store.
 *
 * @param password of the key store, null where there is none
 */
public record Trust(Path file, @Nullable String password) {
    /**
     * Reads the file as it is now.
     *
     * @return checks chains of certificates, and the host name where the TLS engine asks for it
     * @throws TlsFileException if there is no certificate in it
     */
    public X509ExtendedTrustManager load() throws TlsFileException {
        try {
            KeyStore store =
                    Pem.holdsCertificates(TlsFiles.content(file)) ? fromPem() : TlsFiles.keyStore(file, password);
            X509ExtendedTrustManager manager = managerOf(store);
            if (manager.getAcceptedIssuers().length > 0) {
                return manager;
            }
        } catch (GeneralSecurityException unusable) {
            throw new TlsFileException(file, "has a certificate in it that cannot be used; write the file anew");
        }
        throw new TlsFileException(file, "has no certificate in it that may be trusted; write one into it");
    }

    /** What the JDK trusts when nobody names a file. */
    public static X509ExtendedTrustManager ofTheJdk() {
        try {
            return managerOf(null);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("the JDK's own certificates cannot be read", unusable);
        }
    }

    private KeyStore fromPem() throws TlsFileException, GeneralSecurityException {
        KeyStore store = TlsFiles.empty();
        for (X509Certificate certificate : Pem.certificates(file)) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        return store;
    }

    private static X509ExtendedTrustManager managerOf(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager checking) {
                return checking;
            }
        }
        throw new IllegalStateException("every JDK checks X.509");
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "Trust[" + file + "]";
    }
}
