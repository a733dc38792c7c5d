package io.undertone.webapp.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys between lines of dashes (RFC 7468). The JDK reads what is within. */
final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final byte[] SAMPLE = "a key and its certificate".getBytes(StandardCharsets.US_ASCII);

    private Pem() {}

    static boolean holdsCertificates(byte[] content) {
        return text(content).contains("-----BEGIN " + CERTIFICATE + "-----");
    }

    /** All certificates of a file, in its order; one at least. */
    static List<X509Certificate> certificates(Path file) throws TlsFileException {
        byte[] content = TlsFiles.content(file);
        if (!holdsCertificates(content)) {
            throw new TlsFileException(
                    file, "has no certificate in PEM in it; name the file that begins with -----BEGIN");
        }
        try {
            CertificateFactory reader = CertificateFactory.getInstance("X.509");
            // The JDK's reader takes nothing between two blocks but white space, and tools write comments there.
            StringBuilder blocks = new StringBuilder();
            BLOCK.matcher(text(content))
                    .results()
                    .filter(block -> block.group(1).equals(CERTIFICATE))
                    .forEach(block -> blocks.append(block.group()).append('\n'));
            return reader
                    .generateCertificates(
                            new ByteArrayInputStream(blocks.toString().getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException broken) {
            throw new TlsFileException(file, "has a certificate in it that cannot be read; write the file anew");
        }
    }

    /**
     * The private key of a file, in PKCS#8 (RFC 5958) and without a pass phrase.
     *
     * @param certificate the one that it belongs to
     */
    static PrivateKey privateKey(Path file, X509Certificate certificate) throws TlsFileException {
        Matcher block = BLOCK.matcher(text(TlsFiles.content(file)));
        while (block.find()) {
            if (block.group(1).equals("PRIVATE KEY")) {
                return belonging(file, block.group(2), certificate);
            }
            if (block.group(1).endsWith("PRIVATE KEY")) {
                throw new TlsFileException(
                        file,
                        "has its key as " + block.group(1) + "; write it as PKCS#8 without a pass phrase:"
                                + " openssl pkcs8 -topk8 -nocrypt -in FILE -out NEW_FILE");
            }
        }
        throw new TlsFileException(
                file, "has no private key in PEM in it; name the file with -----BEGIN PRIVATE KEY-----");
    }

    private static PrivateKey belonging(Path file, String body, X509Certificate certificate) throws TlsFileException {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        try {
            PrivateKey key = KeyFactory.getInstance(algorithm)
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
            if (verifies(key, certificate)) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException another) {
            // Said below: a key of another kind does not belong to the certificate, and neither does a broken one.
        }
        throw new TlsFileException(
                file, "has no " + algorithm + " key in it that belongs to the certificate; write both anew");
    }

    private static boolean verifies(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                });
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(SAMPLE);
        return signature.verify(signed);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
