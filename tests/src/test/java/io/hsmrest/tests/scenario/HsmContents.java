package io.hsmrest.tests.scenario;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.UnknownKeyException;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Secret;
import io.hsmrest.keystore.HsmSession;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts keys and certificates into a simulator and looks what is there, past any key store. */
public final class HsmContents {
  private static final Set<String> SYSTEM_KEYS =
      Set.of("attestation-key", "timestamp-key", "rfc-timestamp-key");

  /** Held, because its client is closed when nobody needs the session any more. */
  private final HsmSession session;

  private final HsmClient client;

  private HsmContents(HsmSession session) {
    this.session = session;
    this.client = session.client();
  }

  /** With full rights, by the simulator's default settings. */
  public static HsmContents of(SimulatedHsm hsm, String... settings) {
    return answered(() -> new HsmContents(HsmSession.open(hsm.config(settings), null)));
  }

  /** A key with a certificate of its own signature. */
  public void key(String label, KeyPair pair) {
    key(label, pair, SoftwareKeys.selfSigned(label, pair));
  }

  /** A key with this certificate. */
  public void key(String label, KeyPair pair, X509Certificate certificate) {
    put(label, pair, null, Octets.of(encoded(certificate)));
  }

  /** A key that has no certificate. */
  public void keyWithoutCertificate(String label, KeyPair pair) {
    put(label, pair, Octets.of(pair.getPublic().getEncoded()), null);
  }

  private void put(
      String label, KeyPair pair, @Nullable Octets publicKey, @Nullable Octets certificate) {
    String algorithm = pair.getPublic().getAlgorithm();
    done(
        () ->
            client.importKey(
                new ImportedKey(
                    label,
                    algorithm.equals("EdDSA") ? "ED" : algorithm,
                    Octets.of(pair.getPrivate().getEncoded()),
                    publicKey,
                    certificate,
                    KeyFlags.forSigning())));
  }

  /** A key made in the HSM. */
  public void create(NewKey key) {
    answered(() -> client.createKey(key));
  }

  /** A certificate without a key. */
  public void certificate(String label, X509Certificate certificate) {
    done(
        () ->
            client.importKey(
                ImportedKey.loneCertificate(label, "EC", Octets.of(encoded(certificate)))));
  }

  /** Another certificate for a key. */
  public void attach(String label, X509Certificate certificate) {
    done(() -> client.importCertificate(label, Octets.of(encoded(certificate))));
  }

  /** Away with a key. */
  public void delete(String label) {
    done(() -> client.deleteKey(label, null));
  }

  /** Whether a private key is there. */
  public boolean hasKey(String label) {
    try {
      return client.readKey(label, null).label().equals(label);
    } catch (UnknownKeyException e) {
      return false;
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  /** The public half of an EC key. */
  public PublicKey publicKeyOf(String label) {
    return publicKeyOf(label, null);
  }

  /** The same of a key with a password of its own. */
  public PublicKey publicKeyOf(String label, @Nullable Secret password) {
    Octets spki = answered(() -> client.readKey(label, password)).publicKey();
    try {
      return KeyFactory.getInstance("EC")
          .generatePublic(new X509EncodedKeySpec(Objects.requireNonNull(spki).toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether a key could be taken out of the HSM. */
  public boolean isExtractable(String label) {
    return answered(() -> client.readKey(label, null)).flags().extractable();
  }

  /** The certificate there. */
  public Optional<X509Certificate> certificateOf(String label) {
    return answered(() -> client.readCertificate(label)).map(der -> parsed(der.toByteArray()));
  }

  /** All labels, without the service's own. */
  public List<String> labels() {
    return answered(client::listKeys).stream()
        .filter(label -> !SYSTEM_KEYS.contains(label))
        .sorted()
        .toList();
  }

  /** A certificate in DER or PEM. */
  public static X509Certificate parsed(byte[] encoded) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  /** A call that must not fail. */
  @FunctionalInterface
  private interface Call<T> {
    T run() throws HsmException;
  }

  /** The same without an answer. */
  @FunctionalInterface
  private interface Change {
    void run() throws HsmException;
  }

  private static <T> T answered(Call<T> call) {
    try {
      return call.run();
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  private static void done(Change change) {
    try {
      change.run();
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  /** The session that this works with. */
  public HsmSession session() {
    return session;
  }
}
