package io.hsmrest.keystore;

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
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key store {@code HsmRest}: keys of the HSM partition as key entries, lone certificates as
 * trusted certificate entries. The alias is the label, case kept. Symmetric keys, data objects and
 * keys of types that this project does not sign with are not shown.
 *
 * <p>{@code load} takes the configuration as its stream, or finds it in the usual places when there
 * is none. Accessors answer from what was read within {@code keys.cacheTtl}; where the service has
 * to be asked and fails they throw {@code ProviderException}, never an empty answer. Changes are
 * made when they are asked for, and {@code store} has nothing left to do. Thread-safe.
 */
public final class HsmKeyStoreSpi extends KeyStoreSpi {
  private final ConfigurationSource source;
  private final LoadedStore.SessionOpener sessions;
  private volatile @Nullable LoadedStore loaded;

  /** Loads without a stream from {@code source}. */
  public HsmKeyStoreSpi(ConfigurationSource source) {
    this(source, HsmSession::open);
  }

  HsmKeyStoreSpi(ConfigurationSource source, LoadedStore.SessionOpener sessions) {
    this.source = source;
    this.sessions = sessions;
  }

  @Override
  public void engineLoad(@Nullable InputStream stream, char @Nullable [] password)
      throws IOException {
    finishLoad(LoadedStore.load(source, sessions, stream, password));
  }

  @Override
  public void engineLoad(KeyStore.@Nullable LoadStoreParameter parameter) throws IOException {
    if (parameter instanceof HsmRestLoadStoreParameter ours) {
      finishLoad(LoadedStore.load(sessions, ours));
    } else if (parameter == null) {
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
    loaded()
        .store(null, parameter == null ? null : Passwords.of(parameter.getProtectionParameter()));
  }

  @Override
  public boolean engineProbe(InputStream stream) throws IOException {
    return LoadedStore.looksLikeConfiguration(stream);
  }

  @Override
  public @Nullable Key engineGetKey(String alias, char @Nullable [] password)
      throws UnrecoverableKeyException {
    HsmPrivateKey key = entries().key(alias, password);
    if (key != null) {
      loaded().changes().takenWith(alias, password);
    }
    return key;
  }

  @Override
  public Certificate @Nullable [] engineGetCertificateChain(String alias) {
    return entries().chain(alias);
  }

  @Override
  public @Nullable Certificate engineGetCertificate(String alias) {
    return entries().certificate(alias);
  }

  @Override
  public @Nullable Date engineGetCreationDate(String alias) {
    Instant created = entries().entry(alias).created();
    return created == null ? null : Date.from(created);
  }

  @Override
  public Enumeration<String> engineAliases() {
    return Collections.enumeration(entries().all().keySet());
  }

  @Override
  public boolean engineContainsAlias(String alias) {
    boolean exists = !(entries().entry(alias) instanceof PartitionEntry.Nothing);
    KeytoolAlias.answered(alias, exists, loaded().session());
    return exists;
  }

  @Override
  public int engineSize() {
    return entries().all().size();
  }

  @Override
  public boolean engineIsKeyEntry(String alias) {
    return entries().entry(alias).isKey();
  }

  @Override
  public boolean engineIsCertificateEntry(String alias) {
    return entries().entry(alias) instanceof PartitionEntry.CertificateEntry;
  }

  @Override
  public @Nullable String engineGetCertificateAlias(Certificate certificate) {
    return entries().aliasOf(certificate);
  }

  @Override
  public KeyStore.@Nullable Entry engineGetEntry(
      String alias, KeyStore.@Nullable ProtectionParameter protection)
      throws UnrecoverableEntryException {
    return entries().get(alias, Passwords.of(protection));
  }

  @Override
  public boolean engineEntryInstanceOf(String alias, Class<? extends KeyStore.Entry> type) {
    PartitionEntry entry = entries().entry(alias);
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
    } else if (entry instanceof KeyStore.SecretKeyEntry secret) {
      changes.setKey(alias, secret.getSecretKey(), Passwords.of(protection), null);
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

  private StoreEntries entries() {
    return loaded().entries();
  }

  private LoadedStore loaded() {
    LoadedStore store = loaded;
    if (store == null) {
      throw new ProviderException("the key store was used before load");
    }
    return store;
  }
}
