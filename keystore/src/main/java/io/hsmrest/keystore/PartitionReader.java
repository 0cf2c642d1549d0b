package io.hsmrest.keystore;

import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.KeyPasswordException;
import io.hsmrest.client.SecretSource;
import io.hsmrest.client.UnknownKeyException;
import io.hsmrest.client.model.KeyDescription;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Secret;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one label: attributes, then certificate, two requests. Labels that are no keys answer the
 * first with an error and are asked for a certificate alone (contract 6.11).
 */
final class PartitionReader {
  private static final System.Logger LOG = System.getLogger("io.hsmrest.keystore");

  private final HsmClient client;
  private final KeySettings settings;
  private final @Nullable Secret storePassword;

  PartitionReader(HsmClient client, KeySettings settings, @Nullable Secret storePassword) {
    this.client = client;
    this.settings = settings;
    this.storePassword = storePassword;
  }

  PartitionEntry read(String label) throws HsmException {
    Secret password = configuredPassword(label);
    try {
      return keyEntry(client.readKey(label, password), password);
    } catch (UnknownKeyException e) {
      return withoutKey(label, "nothing is there");
    } catch (KeyPasswordException e) {
      return new PartitionEntry.LockedKey(label, certificate(label).orElse(null));
    } catch (AuthenticationException e) {
      if (!settings.isExactInclude()) {
        throw e;
      }
      return leastPrivilege(label, password, e);
    } catch (HsmResponseException e) {
      if (e.error().code() == 0) {
        throw e;
      }
      return withoutKey(label, e.getMessage());
    }
  }

  /** Reads a key with a password given later. */
  PartitionEntry.@Nullable KeyEntry unlock(String label, Secret password) throws HsmException {
    return keyEntry(client.readKey(label, password), password)
            instanceof PartitionEntry.KeyEntry entry
        ? entry
        : null;
  }

  Optional<X509Certificate> certificate(String label) throws HsmException {
    Optional<Octets> der = client.readCertificate(label);
    return der.isEmpty() ? Optional.empty() : Optional.of(JdkCrypto.certificate(der.get(), label));
  }

  private PartitionEntry keyEntry(KeyDescription key, @Nullable Secret password)
      throws HsmException {
    Octets spki = key.publicKey();
    if (spki == null) {
      return new PartitionEntry.Nothing("a symmetric key");
    }
    PublicKey publicKey = JdkCrypto.publicKey(spki, key.algorithm(), key.label());
    X509Certificate certificate = certificate(key.label()).orElse(null);
    if (certificate != null && !JdkCrypto.sameKey(certificate.getPublicKey(), publicKey)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the certificate under ''{0}'' belongs to another key and is ignored",
          key.label());
      certificate = null;
    }
    // The certificate's own view of the key names the algorithm that JSSE compares with.
    PublicKey shown = certificate == null ? publicKey : certificate.getPublicKey();
    return new PartitionEntry.KeyEntry(
        new KeyFacts(key.label(), shown, key.policy(), key.created(), password), certificate);
  }

  private PartitionEntry withoutKey(String label, String why) throws HsmException {
    Optional<X509Certificate> certificate = certificate(label);
    return certificate.isPresent()
        ? new PartitionEntry.CertificateEntry(certificate.get())
        : new PartitionEntry.Nothing(why);
  }

  /** A server may hold no right but to use one named key; its certificate tells enough. */
  private PartitionEntry leastPrivilege(
      String label, @Nullable Secret password, AuthenticationException refused)
      throws HsmException {
    X509Certificate certificate = certificate(label).orElseThrow(() -> refused);
    return new PartitionEntry.KeyEntry(
        new KeyFacts(label, certificate.getPublicKey(), null, null, password), certificate);
  }

  private @Nullable Secret configuredPassword(String label) throws HsmException {
    SecretSource source = settings.passwords().get(label);
    return source == null ? null : source.resolve(storePassword);
  }
}
