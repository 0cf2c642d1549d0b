package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.UnknownKeyException;
import io.hsmrest.client.model.ImportedKey;
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
  private static final Secret NO_PASSWORD = Secret.of("");

  private final HsmSession session;
  private final SoftwareKeyImport imports;
  private final Map<String, Secret> keyPasswords = new ConcurrentHashMap<>();

  KeyStoreChanges(HsmSession session) {
    this.session = session;
    this.imports = new SoftwareKeyImport(session);
  }

  /** Remembers with which password a key was taken out, to see a change of it (keytool). */
  void takenWith(String alias, char @Nullable [] password) {
    keyPasswords.put(alias, password == null ? NO_PASSWORD : Secret.of(password));
  }

  void setKey(String alias, Key key, char @Nullable [] password, Certificate @Nullable [] chain)
      throws KeyStoreException {
    if (key instanceof HsmPrivateKey handle) {
      setHandle(alias, handle, password, x509(alias, chain));
    } else if (key instanceof PrivateKey software) {
      List<X509Certificate> certificates = x509(alias, chain);
      imports.refuseUnlessAllowed(alias, software);
      refuseUnusable(alias);
      refuseExisting(alias);
      imports.run(alias, software, certificates);
    } else {
      throw new KeyStoreException(
          "'"
              + alias
              + "' is no private key: secret keys and passwords are not stored through this key"
              + " store; make symmetric keys with the service's own POST /v1/key");
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
      if (isUnchanged(alias, chain)) {
        refuseOtherPassword(alias, password);
        return;
      }
      if (PlaceholderCertificate.is(chain.get(0))) {
        throw new KeyStoreException(
            "the placeholder certificate of key '"
                + alias
                + "' is not stored: it is made up locally and signed by nobody");
      }
      attach(alias, handle, chain);
    } catch (HsmException e) {
      throw new KeyStoreException(e.getMessage() + session.newKeys().leftBehind(alias), e);
    }
  }

  private void attach(String alias, HsmPrivateKey handle, List<X509Certificate> chain)
      throws HsmException {
    if (session.partition().entry(alias) instanceof PartitionEntry.LockedKey) {
      // The handle was made with the key's password, without which its public key is not told.
      CertificateBundle.check(handle.publicKey(), chain, alias);
      new CertificateImport(session).run(alias, chain);
    } else {
      new HsmCertificates(session).importCertificate(alias, chain);
    }
  }

  private boolean isUnchanged(String alias, List<X509Certificate> chain) throws HsmException {
    PartitionEntry entry = session.partition().entry(alias);
    X509Certificate leaf = chain.get(0);
    return entry instanceof PartitionEntry.KeyEntry key && leaf.equals(key.placeholder())
        || entry.isKey()
            && leaf.equals(entry.certificate())
            && session.chains().chainOf(leaf).equals(chain);
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

  void setCertificate(String alias, Certificate certificate) throws KeyStoreException {
    X509Certificate lone = x509(alias, new Certificate[] {certificate}).get(0);
    if (PlaceholderCertificate.is(lone)) {
      throw new KeyStoreException("a placeholder certificate is not stored: nobody signed it");
    }
    refuseUnusable(alias);
    try {
      PartitionEntry entry = session.partition().entry(alias);
      if (entry.isKey()) {
        throw new KeyStoreException(
            "'"
                + alias
                + "' is a key; its certificate is set with setKeyEntry (keytool -importcert with"
                + " the CA's reply) or HsmCertificates.importCertificate");
      }
      refuseTaken(alias, entry);
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
      if (!Issuance.isSelfSigned(made)) {
        throw new KeyStoreException(
            "the service returned a certificate for '" + alias + "' that is not self-signed");
      }
    } catch (HsmException e) {
      throw new KeyStoreException(e.getMessage() + session.newKeys().leftBehind(alias), e);
    }
  }

  void delete(String alias) throws KeyStoreException {
    try {
      PartitionEntry entry = session.partition().entryOrBroken(alias);
      if (entry instanceof PartitionEntry.CertificateEntry) {
        session.client().deleteCertificate(alias);
      } else if (entry instanceof PartitionEntry.Nothing) {
        refuseTaken(alias, entry);
        return;
      } else {
        deleteKey(alias, entry);
      }
      session.partition().forget(alias);
    } catch (HsmException e) {
      throw new KeyStoreException(e.getMessage(), e);
    }
  }

  private void deleteKey(String alias, PartitionEntry entry)
      throws KeyStoreException, HsmException {
    if (session.config().keys().delete() == KeySettings.Permission.DENY) {
      throw new KeyStoreException(
          "key '"
              + alias
              + "' is not deleted: what the HSM destroys does not come back; set keys.delete=allow"
              + " (keytool: -J-Dhsmrest.keys.delete=allow) if that is what you want");
    }
    Secret password =
        entry instanceof PartitionEntry.KeyEntry key
            ? key.facts().password()
            : keyPasswords.getOrDefault(alias, NO_PASSWORD);
    try {
      session.client().deleteKey(alias, password == null || password.isEmpty() ? null : password);
    } catch (UnknownKeyException e) {
      // Somebody else was quicker; what was wanted is so.
    }
    session.newKeys().gone(alias);
  }

  /** Before anything is put under a label that would not be seen, or not as what it is. */
  private void refuseUnusable(String alias) throws KeyStoreException {
    if (alias.indexOf('/') >= 0) {
      throw new KeyStoreException(
          "nothing is stored as '"
              + alias
              + "': the service takes a slash in a label for a derivation path");
    }
    if (!session.config().keys().shows(alias)) {
      throw new KeyStoreException(
          "'"
              + alias
              + "' would not be shown by this key store: keys.include, keys.exclude or the labels"
              + " kept for internal use leave it out");
    }
  }

  private void refuseExisting(String alias) throws KeyStoreException {
    try {
      PartitionEntry entry = session.partition().entryOrBroken(alias);
      if (!(entry instanceof PartitionEntry.Nothing)) {
        throw new KeyStoreException(
            "'" + alias + "' exists: a key of the HSM is never overwritten; nothing was changed");
      }
      refuseTaken(alias, entry);
    } catch (HsmException e) {
      throw new KeyStoreException(e.getMessage(), e);
    }
  }

  /** Before something that is not shown, such as a symmetric key, is replaced or deleted. */
  private static void refuseTaken(String alias, PartitionEntry entry) throws KeyStoreException {
    if (entry instanceof PartitionEntry.Nothing nothing && nothing.isThere()) {
      throw new KeyStoreException(
          "the label '"
              + alias
              + "' belongs to something that this key store does not show ("
              + nothing.why()
              + "); nothing was changed");
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
