package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Secret;
import java.security.Key;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a key store changes in the partition, when it is asked to and not at {@code store}. Each
 * refusal comes before anything has changed, and says which setting or call does what was wanted.
 */
final class KeyStoreChanges {
  private static final String GENERATE =
      "generate it in the HSM (keytool -genkeypair -providername HsmRest, or KeyPairGenerator with"
          + " HsmKeyGenParameterSpec), or set keys.import=allow";

  private final HsmSession session;
  private final Map<String, Secret> keyPasswords = new ConcurrentHashMap<>();

  KeyStoreChanges(HsmSession session) {
    this.session = session;
  }

  /** Remembers with which password a key was taken out, to see a change of it (keytool). */
  void takenWith(String alias, char @Nullable [] password) {
    if (password != null) {
      keyPasswords.put(alias, Secret.of(password));
    }
  }

  void setKey(String alias, Key key, char @Nullable [] password, Certificate @Nullable [] chain)
      throws KeyStoreException {
    if (key instanceof HsmPrivateKey handle) {
      setHandle(alias, handle, password, x509(alias, chain));
    } else if (key instanceof PrivateKey software) {
      importSoftwareKey(alias, software, x509(alias, chain));
    } else {
      throw new KeyStoreException(
          "'"
              + alias
              + "' is no private key; secret keys and passwords are not stored in the HSM through"
              + " this key store");
    }
  }

  private void setHandle(
      String alias, HsmPrivateKey handle, char @Nullable [] password, List<X509Certificate> chain)
      throws KeyStoreException {
    if (!alias.equals(handle.label())) {
      throw new KeyStoreException(
          "key '"
              + handle.label()
              + "' cannot be stored as '"
              + alias
              + "': the service has no rename, and the alias of a key is its label; nothing was"
              + " changed");
    }
    if (chain.isEmpty()) {
      throw new KeyStoreException(
          "no certificate given for key '" + alias + "'; nothing was changed");
    }
    try {
      if (session.partition().entry(alias) instanceof PartitionEntry.KeyEntry entry
          && chain.get(0).equals(entry.certificate())
          && session.chains().chainOf(chain.get(0)).equals(chain)) {
        refuseOtherPassword(alias, password);
        return;
      }
      new HsmCertificates(session).importCertificate(alias, chain);
    } catch (HsmException e) {
      throw new KeyStoreException(e.getMessage(), e);
    }
  }

  private void refuseOtherPassword(String alias, char @Nullable [] password)
      throws KeyStoreException {
    Secret taken = keyPasswords.get(alias);
    if (taken != null && password != null && !taken.equals(Secret.of(password))) {
      throw new KeyStoreException(
          "the password of key '"
              + alias
              + "' is kept by the HSM and not changed here; use the service's"
              + " /v1/key/changePassword");
    }
  }

  private void importSoftwareKey(String alias, PrivateKey key, List<X509Certificate> chain)
      throws KeyStoreException {
    if (session.config().keys().softwareKeys() == KeySettings.Permission.DENY) {
      throw new KeyStoreException("software key '" + alias + "' refused: " + GENERATE);
    }
    byte[] pkcs8 = key.getEncoded();
    if (pkcs8 == null || chain.isEmpty()) {
      throw new KeyStoreException(
          "key '"
              + alias
              + "' cannot be imported: "
              + (pkcs8 == null ? "its key material is not to be had" : "it has no certificate"));
    }
    KeyFlags flags =
        KeyFlags.forSigning()
            .withExtractable(session.config().keyGeneration().extractable())
            .withDestroyable(session.config().keyGeneration().destroyable());
    try {
      session
          .client()
          .importKey(
              new ImportedKey(
                  alias,
                  ChainLinks.serviceAlgorithm(chain.get(0)),
                  Octets.of(pkcs8),
                  null,
                  JdkCrypto.encoded(chain.get(0)),
                  flags));
      session.partition().forget(alias);
      new HsmCertificates(session).importCertificate(alias, chain);
    } catch (HsmException e) {
      throw new KeyStoreException(e.getMessage(), e);
    }
  }

  void setCertificate(String alias, Certificate certificate) throws KeyStoreException {
    X509Certificate lone = x509(alias, new Certificate[] {certificate}).get(0);
    refuseHidden(alias);
    try {
      if (session.partition().entry(alias).isKey()) {
        throw new KeyStoreException(
            "'"
                + alias
                + "' is a key; its certificate is set with setKeyEntry (keytool -importcert with"
                + " the CA's reply) or HsmCertificates.importCertificate");
      }
      session
          .client()
          .importKey(
              ImportedKey.loneCertificate(
                  alias, ChainLinks.serviceAlgorithm(lone), JdkCrypto.encoded(lone)));
      session.partition().forget(alias);
      session.chains().forget();
    } catch (HsmException e) {
      throw new KeyStoreException(e.getMessage(), e);
    }
  }

  void selfSign(String alias, SelfSignRequest request) throws KeyStoreException {
    try {
      X509Certificate made = new HsmCertificates(session).selfSign(alias, request.template());
      if (!ChainFinder.issued(made, made)) {
        throw new KeyStoreException(
            "the service returned a certificate for '" + alias + "' that is not self-signed");
      }
    } catch (HsmException e) {
      throw new KeyStoreException(e.getMessage(), e);
    }
  }

  void delete(String alias) throws KeyStoreException {
    try {
      PartitionEntry entry = session.partition().entry(alias);
      if (entry instanceof PartitionEntry.Nothing) {
        return;
      }
      if (entry instanceof PartitionEntry.CertificateEntry) {
        session.client().deleteCertificate(alias);
      } else if (session.config().keys().delete() == KeySettings.Permission.DENY) {
        throw new KeyStoreException(
            "key '"
                + alias
                + "' is not deleted: what the HSM destroys does not come back; set"
                + " keys.delete=allow if that is what you want");
      } else {
        session
            .client()
            .deleteKey(
                alias,
                entry instanceof PartitionEntry.KeyEntry key ? key.facts().password() : null);
      }
      session.partition().forget(alias);
    } catch (HsmException e) {
      throw new KeyStoreException(e.getMessage(), e);
    }
  }

  private void refuseHidden(String alias) throws KeyStoreException {
    if (!session.config().keys().shows(alias)) {
      throw new KeyStoreException(
          "'"
              + alias
              + "' would not be shown by this key store: keys.include, keys.exclude or the labels"
              + " kept for internal use leave it out");
    }
  }

  private static List<X509Certificate> x509(String alias, Certificate @Nullable [] chain)
      throws KeyStoreException {
    if (chain == null) {
      return List.of();
    }
    if (!Stream.of(chain).allMatch(X509Certificate.class::isInstance)) {
      throw new KeyStoreException("the chain of '" + alias + "' is not made of X.509 certificates");
    }
    return Stream.of(chain).map(X509Certificate.class::cast).toList();
  }
}
