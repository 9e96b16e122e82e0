package io.ringsim.streaming.lane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Who a host is, and whom it trusts, of files as operators have them. */
public final class Tls {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final char[] NO_PASSWORD = {};
    private static final String PROTOCOL = "TLSv1.3";

    private Tls() {}

    /**
     * Of PEM files.
     *
     * @param certificates this host's, followed by those that vouch for it
     * @param key its private key, PKCS #8, not encrypted
     * @param trusted those that vouch for the other hosts
     * @throws IOException when one cannot be read or is not what it should be; the message names it
     */
    public static SSLContext ofPem(Path certificates, Path key, Path trusted) throws IOException {
        try {
            var own = KeyStore.getInstance("PKCS12");
            own.load(null, NO_PASSWORD);
            own.setKeyEntry(
                    "host", key(key), NO_PASSWORD, certificates(certificates).toArray(Certificate[]::new));
            var trust = KeyStore.getInstance("PKCS12");
            trust.load(null, NO_PASSWORD);
            int number = 0;
            for (var certificate : certificates(trusted)) {
                trust.setCertificateEntry("trusted" + number++, certificate);
            }
            return context(own, NO_PASSWORD, trust);
        } catch (GeneralSecurityException wrong) {
            throw new IOException(
                    certificates + ", " + key + " and " + trusted + " do not go together: " + wrong.getMessage(),
                    wrong);
        }
    }

    /**
     * Of a PKCS #12 or JKS key store with this host's key, and one with the certificates that vouch for the others.
     *
     * @throws IOException when one cannot be read, or not with this password; the message names it
     */
    public static SSLContext ofKeyStores(Path keys, char[] password, Path trusted, char[] trustedPassword)
            throws IOException {
        try {
            return context(load(keys, password), password, load(trusted, trustedPassword));
        } catch (GeneralSecurityException wrong) {
            throw new IOException(keys + " and " + trusted + " cannot be used: " + wrong.getMessage(), wrong);
        }
    }

    private static KeyStore load(Path path, char[] password) throws IOException {
        try {
            return KeyStore.getInstance(path.toFile(), password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException wrong) {
            throw new IOException(path + " is no key store with this password: " + wrong.getMessage(), wrong);
        }
    }

    private static SSLContext context(KeyStore own, char[] password, KeyStore trust) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        var trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusts.init(trust);
        var context = SSLContext.getInstance(PROTOCOL);
        context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
        return context;
    }

    private static Collection<? extends Certificate> certificates(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException(path + " has no certificate; it has to be PEM");
            }
            return certificates;
        } catch (GeneralSecurityException wrong) {
            throw new IOException(path + " is no PEM file of certificates: " + wrong.getMessage(), wrong);
        }
    }

    private static PrivateKey key(Path path) throws IOException, GeneralSecurityException {
        var found = PRIVATE_KEY.matcher(Files.readString(path, StandardCharsets.US_ASCII));
        if (!found.find()) {
            throw new IOException(
                    path + " has no PRIVATE KEY block; convert the key with: openssl pkcs8 -topk8 -nocrypt");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
            var key = key(spec, algorithm);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new IOException(path + " has a key of an unknown kind; RSA, EC and Ed25519 are known");
    }

    private static Optional<PrivateKey> key(PKCS8EncodedKeySpec spec, String algorithm)
            throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InvalidKeySpecException other) {
            return Optional.empty();
        }
    }
}
