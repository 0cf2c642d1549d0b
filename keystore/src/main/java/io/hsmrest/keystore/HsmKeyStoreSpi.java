package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.ProviderException;
import java.security.UnrecoverableEntryException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key store {@code HsmRest}: keys of the HSM partition as key entries, lone certificates as
 * trusted certificate entries. The alias is the label, case kept.
 *
 * <p>{@code load} takes the configuration as its stream, or finds it in the usual places when there
 * is none. Accessors answer from what was read within {@code keys.cacheTtl}; where the service has
 * to be asked and fails they throw {@code ProviderException}, never an empty answer. Thread-safe.
 */
public final class HsmKeyStoreSpi extends KeyStoreSpi {
  private final ConfigurationSource source;
  private volatile @Nullable LoadedStore loaded;

  /** Loads without a stream from {@code source}. */
  public HsmKeyStoreSpi(ConfigurationSource source) {
    this.source = source;
  }

  @Override
  public void engineLoad(@Nullable InputStream stream, char @Nullable [] password)
      throws IOException {
    finishLoad(LoadedStore.load(source, stream, password));
  }

  @Override
  public void engineLoad(KeyStore.@Nullable LoadStoreParameter parameter) throws IOException {
    if (parameter instanceof HsmRestLoadStoreParameter ours) {
      finishLoad(LoadedStore.load(ours));
    } else if (parameter == null || parameter.getProtectionParameter() == null) {
      engineLoad(null, null);
    } else {
      engineLoad(null, Passwords.of(parameter.getProtectionParameter()));
    }
  }

  private void finishLoad(LoadedStore store) throws IOException {
    if (loaded != null) {
      store.session().forget();
    }
    store.prove();
    loaded = store;
  }

  @Override
  public void engineStore(@Nullable OutputStream stream, char @Nullable [] password)
      throws IOException {
    loaded().store(stream, password);
  }

  @Override
  public void engineStore(KeyStore.@Nullable LoadStoreParameter parameter) throws IOException {
    loaded().store(null, null);
  }

  @Override
  public boolean engineProbe(InputStream stream) throws IOException {
    return LoadedStore.looksLikeConfiguration(stream);
  }

  @Override
  public @Nullable Key engineGetKey(String alias, char @Nullable [] password)
      throws UnrecoverableKeyException {
    PartitionEntry entry = entry(alias);
    try {
      if (entry instanceof PartitionEntry.LockedKey) {
        entry = unlocked(alias, password);
      }
      if (entry instanceof PartitionEntry.KeyEntry key) {
        loaded().changes().takenWith(alias, password);
        return Handles.of(key.facts(), session());
      }
      return null;
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  private @Nullable PartitionEntry unlocked(String alias, char @Nullable [] password)
      throws UnrecoverableKeyException, HsmException {
    if (password != null && password.length > 0) {
      try {
        return session().reader().unlock(alias, Secret.of(password));
      } catch (io.hsmrest.client.KeyPasswordException e) {
        throw refused(e.getMessage());
      }
    }
    throw refused(
        "key '"
            + alias
            + "' has its own password: give it as key password, or set keys.password."
            + alias);
  }

  private static UnrecoverableKeyException refused(String message) {
    return new UnrecoverableKeyException(message);
  }

  @Override
  public Certificate @Nullable [] engineGetCertificateChain(String alias) {
    PartitionEntry entry = entry(alias);
    X509Certificate leaf = entry.certificate();
    if (!entry.isKey() || leaf == null) {
      return null;
    }
    try {
      List<X509Certificate> chain = session().chains().chainOf(leaf);
      return chain.toArray(new Certificate[0]);
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Certificate engineGetCertificate(String alias) {
    return entry(alias).certificate();
  }

  @Override
  public @Nullable Date engineGetCreationDate(String alias) {
    Instant created = entry(alias).created();
    return created == null ? null : Date.from(created);
  }

  @Override
  public Enumeration<String> engineAliases() {
    return Collections.enumeration(snapshot().entries().keySet());
  }

  @Override
  public boolean engineContainsAlias(String alias) {
    boolean exists = !(entry(alias) instanceof PartitionEntry.Nothing);
    KeytoolAlias.answered(alias, exists, session());
    return exists;
  }

  @Override
  public int engineSize() {
    return snapshot().entries().size();
  }

  @Override
  public boolean engineIsKeyEntry(String alias) {
    return entry(alias).isKey();
  }

  @Override
  public boolean engineIsCertificateEntry(String alias) {
    return entry(alias) instanceof PartitionEntry.CertificateEntry;
  }

  @Override
  public @Nullable String engineGetCertificateAlias(Certificate certificate) {
    return snapshot().aliasOf(certificate).orElse(null);
  }

  @Override
  public KeyStore.@Nullable Entry engineGetEntry(
      String alias, KeyStore.@Nullable ProtectionParameter protection)
      throws UnrecoverableEntryException {
    PartitionEntry entry = entry(alias);
    if (entry instanceof PartitionEntry.CertificateEntry lone) {
      return new KeyStore.TrustedCertificateEntry(lone.certificate());
    }
    if (!(engineGetKey(alias, Passwords.of(protection)) instanceof HsmPrivateKey key)) {
      return null;
    }
    Certificate[] chain = engineGetCertificateChain(alias);
    if (chain == null) {
      throw new UnrecoverableEntryException(
          "key '"
              + alias
              + "' has no certificate: give it one with setEntry(alias, new SelfSignRequest(...)) or"
              + " HsmCertificates.importCertificate; getKey works without");
    }
    return new KeyStore.PrivateKeyEntry(key, chain);
  }

  @Override
  public boolean engineEntryInstanceOf(String alias, Class<? extends KeyStore.Entry> type) {
    PartitionEntry entry = entry(alias);
    if (type == KeyStore.PrivateKeyEntry.class) {
      return entry.isKey();
    }
    return type == KeyStore.TrustedCertificateEntry.class
        && entry instanceof PartitionEntry.CertificateEntry;
  }

  /** Called by JDK 18 and later; compiled for 17, where the method does not exist. */
  public Set<KeyStore.Entry.Attribute> engineGetAttributes(String alias) {
    return Set.of();
  }

  @Override
  public void engineSetKeyEntry(
      String alias, Key key, char @Nullable [] password, Certificate @Nullable [] chain)
      throws KeyStoreException {
    loaded().changes().setKey(alias, key, password, chain);
  }

  @Override
  public void engineSetKeyEntry(String alias, byte[] key, Certificate @Nullable [] chain)
      throws KeyStoreException {
    throw new KeyStoreException(
        "key '" + alias + "' given as bytes is refused: this key store takes Key objects");
  }

  @Override
  public void engineSetCertificateEntry(String alias, Certificate certificate)
      throws KeyStoreException {
    loaded().changes().setCertificate(alias, certificate);
  }

  @Override
  public void engineSetEntry(
      String alias, KeyStore.Entry entry, KeyStore.@Nullable ProtectionParameter protection)
      throws KeyStoreException {
    KeyStoreChanges changes = loaded().changes();
    if (entry instanceof SelfSignRequest request) {
      changes.selfSign(alias, request);
    } else if (entry instanceof KeyStore.PrivateKeyEntry key) {
      changes.setKey(
          alias, key.getPrivateKey(), Passwords.of(protection), key.getCertificateChain());
    } else if (entry instanceof KeyStore.TrustedCertificateEntry trusted) {
      changes.setCertificate(alias, trusted.getTrustedCertificate());
    } else {
      throw new KeyStoreException(
          "'"
              + alias
              + "': entries of type "
              + entry.getClass().getSimpleName()
              + " are not stored in the HSM through this key store");
    }
  }

  @Override
  public void engineDeleteEntry(String alias) throws KeyStoreException {
    loaded().changes().delete(alias);
  }

  private PartitionEntry entry(String alias) {
    try {
      return session().partition().entry(alias);
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  private PartitionSnapshot snapshot() {
    try {
      return session().partition().snapshot();
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  private HsmSession session() {
    return loaded().session();
  }

  private LoadedStore loaded() {
    LoadedStore store = loaded;
    if (store == null) {
      throw new ProviderException("the key store was used before load");
    }
    return store;
  }
}
