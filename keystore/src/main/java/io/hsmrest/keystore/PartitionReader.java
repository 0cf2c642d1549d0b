package io.hsmrest.keystore;

import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.KeyPasswordException;
import io.hsmrest.client.SecretSource;
import io.hsmrest.client.model.KeyDescription;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Secret;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one label: attributes, then certificate, two requests. Labels that are no keys answer the
 * first with an error and are asked for a certificate alone (contract 6.11); where only named keys
 * may be used and none read, the certificate has to tell everything. What is wrong with one label
 * becomes a {@code Broken} entry; what is wrong with the service is thrown.
 */
final class PartitionReader {
  private final HsmClient client;
  private final KeySettings settings;
  private final @Nullable Secret storePassword;
  private final OnceLog log;
  private final Map<String, X509Certificate> before = new ConcurrentHashMap<>();
  private volatile boolean mayReadKeys;

  /**
   * Makes a reader.
   *
   * @param storePassword what {@code storepass:} stands for, null when none was given
   * @param mayReadKeys false where the configuration shows already that attributes are refused
   */
  PartitionReader(
      HsmClient client,
      KeySettings settings,
      @Nullable Secret storePassword,
      boolean mayReadKeys,
      OnceLog log) {
    this.client = client;
    this.settings = settings;
    this.storePassword = storePassword;
    this.mayReadKeys = mayReadKeys || !settings.isExactInclude();
    this.log = log;
  }

  PartitionEntry read(String label) throws HsmException {
    Secret password = configuredPassword(label);
    try {
      return mayReadKeys
          ? keyEntry(label, client.readKey(label, password), password)
          : leastPrivilege(label, password);
    } catch (KeyPasswordException e) {
      if (password != null) {
        log.warn("keys.password." + label + " is not the password of that key: " + e.getMessage());
      }
      return new PartitionEntry.LockedKey(label, certificateOfKey(label));
    } catch (AuthenticationException e) {
      if (!settings.isExactInclude()) {
        throw e;
      }
      mayReadKeys = false;
      return leastPrivilege(label, password);
    } catch (HsmResponseException e) {
      return refused(label, e);
    } catch (HsmProtocolException e) {
      return new PartitionEntry.Broken(e.getMessage());
    }
  }

  /**
   * Reads a key with a password given later.
   *
   * @throws KeyPasswordException when that is not the key's password
   */
  PartitionEntry.KeyEntry unlock(String label, Secret password) throws HsmException {
    if (keyEntry(label, client.readKey(label, password), password)
        instanceof PartitionEntry.KeyEntry entry) {
      return entry;
    }
    throw new HsmException("'" + label + "' is no private key that this program can use", null);
  }

  /** The certificate under a label, as it is now; the object of before where it is the same. */
  Optional<X509Certificate> certificate(String label) throws HsmException {
    Optional<Octets> der = client.readCertificate(label);
    if (der.isEmpty()) {
      before.remove(label);
      return Optional.empty();
    }
    // The JDK's certificates remember that they verify, which costs more than anything else here.
    X509Certificate known = before.get(label);
    if (known == null || !JdkCrypto.encoded(known).equals(der.get())) {
      known = JdkCrypto.certificate(der.get(), label);
      before.put(label, known);
    }
    return Optional.of(known);
  }

  /** The same, empty where what lies there is no certificate. */
  Optional<X509Certificate> certificateIfReadable(String label) throws HsmException {
    try {
      return certificate(label);
    } catch (HsmProtocolException e) {
      log.warn(e.getMessage());
      return Optional.empty();
    }
  }

  /** Under the label that was asked for: of a derived key the service may tell another. */
  private PartitionEntry keyEntry(String label, KeyDescription key, @Nullable Secret password)
      throws HsmException {
    Octets spki = key.publicKey();
    if (spki == null) {
      return new PartitionEntry.Nothing("a symmetric key", true);
    }
    PublicKey publicKey;
    try {
      publicKey = JdkCrypto.publicKey(spki, key.algorithm(), label);
    } catch (HsmProtocolException e) {
      return new PartitionEntry.Nothing(e.getMessage(), true);
    }
    if (!Handles.areMadeFor(publicKey)) {
      return new PartitionEntry.Nothing("a key of type " + key.algorithm(), true);
    }
    X509Certificate certificate = certificateOfKey(label);
    if (certificate != null && !JdkCrypto.sameKey(certificate.getPublicKey(), publicKey)) {
      log.warn("the certificate under '" + label + "' belongs to another key and is ignored");
      certificate = null;
    }
    X509Certificate placeholder =
        certificate == null
                && settings.withoutCertificate() == KeySettings.WithoutCertificate.PLACEHOLDER
            ? PlaceholderCertificate.of(label, publicKey)
            : null;
    // The certificate's own view of the key names the algorithm that the JDK compares with.
    X509Certificate naming = certificate == null ? placeholder : certificate;
    PublicKey shown = naming == null ? publicKey : naming.getPublicKey();
    return new PartitionEntry.KeyEntry(
        new KeyFacts(label, shown, key.policy(), key.created(), password),
        certificate,
        placeholder);
  }

  /** A key whose certificate cannot be had is a key all the same. */
  private @Nullable X509Certificate certificateOfKey(String label) throws HsmException {
    try {
      return certificate(label).orElse(null);
    } catch (HsmProtocolException e) {
      log.warn(e.getMessage() + "; key '" + label + "' is shown without it");
      return null;
    } catch (HsmResponseException e) {
      if (isTheServices(e)) {
        throw e;
      }
      log.warn(e.getMessage() + "; key '" + label + "' is shown without certificate");
      return null;
    }
  }

  private PartitionEntry refused(String label, HsmResponseException e) throws HsmException {
    if (isTheServices(e)) {
      throw e;
    }
    if (!saysThatThereIsNoKey(e)) {
      return new PartitionEntry.Broken(e.getMessage());
    }
    try {
      Optional<X509Certificate> certificate = certificate(label);
      return certificate.isPresent()
          ? new PartitionEntry.CertificateEntry(certificate.get())
          : new PartitionEntry.Nothing(
              "neither a key nor a certificate", !settings.isExactInclude());
    } catch (HsmProtocolException unreadable) {
      return new PartitionEntry.Broken(unreadable.getMessage());
    }
  }

  /** Whether a refusal concerns all labels and not the one that was asked for. */
  private static boolean isTheServices(HsmResponseException e) {
    int code = e.error().code();
    return code == 0 || code < 400 || e.status() == 401 || e.status() == 403 || e.status() == 429;
  }

  /**
   * What labels without a key pair answer (contract 2.1.2, 4.3). Other refusals may come from a key
   * that is there, whose certificate must not look like one without a key.
   */
  private static boolean saysThatThereIsNoKey(HsmResponseException e) {
    return switch (e.error().code()) {
      case 610, 611, 613, 650 -> true;
      case 701 -> e.error().message().contains("KEY_FUNCTION_NOT_PERMITTED");
      default -> false;
    };
  }

  /** A server may hold no right but to use one named key; its certificate tells enough. */
  private PartitionEntry leastPrivilege(String label, @Nullable Secret password)
      throws HsmException {
    try {
      X509Certificate certificate = certificate(label).orElse(null);
      return certificate == null
          ? new PartitionEntry.Broken(
              "there is no certificate under '"
                  + label
                  + "', and nothing else tells about a key that may be used and not read; give it"
                  + " one, or set auth.apiKey.keyManagement")
          : new PartitionEntry.KeyEntry(
              new KeyFacts(label, certificate.getPublicKey(), null, null, password),
              certificate,
              null);
    } catch (HsmProtocolException e) {
      return new PartitionEntry.Broken(e.getMessage());
    } catch (HsmResponseException e) {
      if (isTheServices(e)) {
        throw e;
      }
      return new PartitionEntry.Broken(e.getMessage());
    }
  }

  private @Nullable Secret configuredPassword(String label) throws HsmException {
    SecretSource source = settings.passwords().get(label);
    return source == null ? null : source.resolve(storePassword);
  }
}
