package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.KeyPasswordException;
import io.hsmrest.client.model.Secret;
import java.security.KeyStore;
import java.security.ProviderException;
import java.security.UnrecoverableEntryException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a partition as the callers of {@code KeyStore} see them. A service that cannot be
 * asked is a {@code ProviderException}, never an empty answer. Thread-safe.
 */
final class StoreEntries {
  private final HsmSession session;

  StoreEntries(HsmSession session) {
    this.session = session;
  }

  PartitionEntry entry(String alias) {
    try {
      return session.partition().shown(alias);
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  /** All entries by alias; read together, then answered from memory. */
  Map<String, PartitionEntry> all() {
    return snapshot().shown();
  }

  @Nullable String aliasOf(Certificate certificate) {
    if (!(certificate instanceof X509Certificate x509) || session.newKeys().isFor(certificate)) {
      return null;
    }
    try {
      return session.partition().aliasOf(x509).orElse(null);
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  /**
   * The handle of a key, null where there is none. Nothing is asked for it that was not read with
   * the entry, but for a key with a password of its own.
   */
  @Nullable HsmPrivateKey key(String alias, char @Nullable [] password)
      throws UnrecoverableKeyException {
    return key(alias, entry(alias), password);
  }

  private @Nullable HsmPrivateKey key(
      String alias, PartitionEntry entry, char @Nullable [] password)
      throws UnrecoverableKeyException {
    try {
      if (entry instanceof PartitionEntry.KeyEntry key) {
        return Handles.of(key.facts(), session);
      }
      return entry instanceof PartitionEntry.LockedKey ? unlocked(alias, password) : null;
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  private @Nullable HsmPrivateKey unlocked(String alias, char @Nullable [] password)
      throws UnrecoverableKeyException, HsmException {
    String refusal;
    if (password == null || password.length == 0) {
      refusal =
          "key '"
              + alias
              + "' has a password of its own: give it as key password, or set keys.password."
              + alias;
    } else {
      try {
        return Handles.of(session.partition().unlock(alias, Secret.of(password)).facts(), session);
      } catch (KeyPasswordException e) {
        refusal = e.getMessage();
      }
    }
    if (CallingFrames.areTls()) {
      // A key manager that is refused one key loses them all; one that gets none goes on.
      session.log().warn("not offered for TLS: " + refusal);
      return null;
    }
    throw new UnrecoverableKeyException(refusal);
  }

  @Nullable X509Certificate certificate(String alias) {
    return certificate(entry(alias));
  }

  private @Nullable X509Certificate certificate(PartitionEntry entry) {
    X509Certificate own = entry.certificate();
    if (own == null && entry instanceof PartitionEntry.KeyEntry key && key.placeholder() != null) {
      return CallingFrames.areTls() ? null : key.placeholder();
    }
    return own;
  }

  Certificate @Nullable [] chain(String alias) {
    return chain(entry(alias));
  }

  private Certificate @Nullable [] chain(PartitionEntry entry) {
    X509Certificate leaf = entry.isKey() ? certificate(entry) : null;
    if (leaf == null) {
      return null;
    }
    try {
      return PlaceholderCertificate.is(leaf)
          ? new Certificate[] {leaf}
          : session.chains().chainOf(leaf).toArray(new Certificate[0]);
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  /** Key and chain of one reading, so that they belong together whatever happens meanwhile. */
  KeyStore.@Nullable Entry get(String alias, char @Nullable [] password)
      throws UnrecoverableEntryException {
    PartitionEntry entry = entry(alias);
    if (entry instanceof PartitionEntry.CertificateEntry lone) {
      return new KeyStore.TrustedCertificateEntry(lone.certificate());
    }
    HsmPrivateKey key = key(alias, entry, password);
    if (key == null) {
      return null;
    }
    Certificate[] chain = chain(entry);
    return chain == null
        ? withoutCertificate(alias, key)
        : new KeyStore.PrivateKeyEntry(key, chain);
  }

  private KeyStore.Entry withoutCertificate(String alias, HsmPrivateKey key)
      throws UnrecoverableEntryException {
    if (CallingFrames.areKeytools()) {
      // keytool would take a refusal for a wrong password, ask for it, and give up on all entries.
      // Whatever it wants to do with the entry ends in the refusal that fits.
      return withPlaceholder(alias, key);
    }
    throw new UnrecoverableEntryException(
        "key '"
            + alias
            + "' has no certificate: give it one with keytool -selfcert or -certreq and"
            + " keys.withoutCertificate=placeholder, with setEntry(alias, new SelfSignRequest(...))"
            + " or HsmCertificates.importCertificate; getKey works without");
  }

  private KeyStore.Entry withPlaceholder(String alias, HsmPrivateKey key) {
    try {
      X509Certificate placeholder = PlaceholderCertificate.of(alias, key.publicKey());
      KeyFacts facts =
          new KeyFacts(alias, placeholder.getPublicKey(), null, key.created().orElse(null), null);
      return new KeyStore.PrivateKeyEntry(
          Handles.of(facts, session), new Certificate[] {placeholder});
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  private PartitionSnapshot snapshot() {
    try {
      return session.partition().snapshot();
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }
}
