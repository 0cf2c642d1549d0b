package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.approval.ApprovalListener;
import io.hsmrest.client.approval.ApprovedRequests;
import io.hsmrest.client.model.KeyDescription;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.rest.HsmClients;
import io.hsmrest.keystore.aia.IssuerDownload;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One configuration at work: its connection to the service, what has been read of the partition,
 * and who waits for approvals. Key stores, handles and generators of one configuration share one
 * session, so that tools which load a store several times ask the service once. Thread-safe.
 */
public final class HsmSession {
  private final HsmRestConfig config;
  private final HsmClient client;
  private final Partition partition;
  private final PartitionReader reader;
  private final ChainLinks links;
  private final ChainFinder chains;
  private final ApprovedOperations operations;
  private final SigningMemory signingMemory = new SigningMemory();
  private final NewKeys newKeys = new NewKeys();
  private final OnceLog log = new OnceLog();

  HsmSession(
      HsmRestConfig config,
      HsmClient client,
      ApprovedRequests requests,
      HsmClientConfig clientConfig,
      @Nullable Secret storePassword,
      Clock clock) {
    this.config = config;
    this.client = client;
    this.reader =
        new PartitionReader(client, config.keys(), storePassword, mayReadKeys(config), log);
    this.partition = new Partition(client, reader, config.keys(), clock, log);
    this.links = new ChainLinks(client, partition, config.keys(), clock, log);
    this.chains =
        new ChainFinder(
            links,
            partition,
            config.keys(),
            new ChainFile(config.chain().file()),
            config.chain().aia() ? Optional.of(new IssuerDownload(clock)) : Optional.empty(),
            clock,
            log);
    this.operations = new ApprovedOperations(client, requests, clientConfig.approval());
  }

  /** Services that check API keys by role refuse attributes to whoever has one for use alone. */
  private static boolean mayReadKeys(HsmRestConfig config) {
    return config.settings().text("auth.apiKey.keyManagement").isPresent()
        || config.settings().text("auth.apiKey.keyOperation").isEmpty();
  }

  /**
   * The session of a configuration, shared with everybody who has the same one. Sends nothing.
   *
   * @param storePassword what {@code storepass:} stands for, null when none was given
   * @throws HsmConfigurationException when a setting is wrong
   */
  public static HsmSession open(HsmRestConfig config, @Nullable Secret storePassword)
      throws HsmConfigurationException {
    return open(config, storePassword, null);
  }

  /**
   * The same with somebody who is told how waiting for people goes, beside what {@code
   * approval.progress} names.
   *
   * @param listener null for nobody
   */
  static HsmSession open(
      HsmRestConfig config, @Nullable Secret storePassword, @Nullable ApprovalListener listener)
      throws HsmConfigurationException {
    return SharedSessions.get(config, storePassword, listener);
  }

  static HsmSession create(
      HsmRestConfig config, @Nullable Secret storePassword, @Nullable ApprovalListener listener)
      throws HsmConfigurationException {
    HsmClientConfig clientConfig = HsmClientConfig.read(config.settings(), storePassword);
    HsmClient client = HsmClients.connect(clientConfig);
    ApprovalListener progress = ApprovalListener.of(clientConfig.approval());
    ApprovedRequests requests =
        ApprovedRequests.of(
            client, clientConfig, listener == null ? progress : progress.and(listener));
    return new HsmSession(config, client, requests, clientConfig, storePassword, Clock.systemUTC());
  }

  /** The configuration it was opened with. */
  public HsmRestConfig config() {
    return config;
  }

  /** The client it talks through. */
  public HsmClient client() {
    return client;
  }

  /**
   * Creates a key pair in the HSM; never overwrites one.
   *
   * @return the public key as the JDK's own class, and a handle of the private key
   */
  public KeyPair createKeyPair(NewKey key) throws HsmException {
    refuseUnusable(key.label());
    KeyDescription created = client.createKey(key);
    partition.forget(key.label());
    PublicKey publicKey;
    try {
      publicKey = publicKey(created, key);
    } catch (HsmProtocolException e) {
      throw new HsmProtocolException(
          e.getMessage() + "; " + NewKeys.leftBehindText(key.label()), e);
    }
    KeyFacts facts =
        new KeyFacts(
            key.label(),
            publicKey,
            created.policy() != null ? created.policy() : key.policy(),
            created.created(),
            key.password());
    HsmPrivateKey handle = Handles.of(facts, this);
    newKeys.made(key.label(), publicKey);
    return new KeyPair(handle.publicKey(), handle);
  }

  private static PublicKey publicKey(KeyDescription created, NewKey key)
      throws HsmProtocolException {
    Octets spki = created.publicKey();
    if (spki == null) {
      throw new HsmProtocolException(
          "the service created key '" + key.label() + "' and returned no public key", null);
    }
    return JdkCrypto.publicKey(spki, key.algorithm(), key.label());
  }

  /** Before a key is made that nobody could use afterwards. */
  private void refuseUnusable(String label) throws HsmException {
    if (label.indexOf('/') >= 0) {
      throw new HsmException(
          "no key is made under '"
              + label
              + "': the service takes a slash in a label for a derivation path",
          null);
    }
    if (!config.keys().shows(label)) {
      throw new HsmException(
          "no key is made under '"
              + label
              + "': keys.include, keys.exclude or the labels kept for internal use hide it",
          null);
    }
  }

  /**
   * Every certificate in the partition that the settings show, their issuers that are kept with
   * them, and those of {@code chain.file}; read with bounded concurrency and kept for {@code
   * keys.cacheTtl}.
   */
  public List<X509Certificate> certificates() throws HsmException {
    return chains.allCertificates();
  }

  /**
   * Downloads the issuer of a certificate from the address inside it.
   *
   * @return certificates that did issue {@code child}; none unless {@code chain.aia} is on
   */
  public List<X509Certificate> downloadIssuers(X509Certificate child) {
    return chains.downloaded(child);
  }

  NewKeys newKeys() {
    return newKeys;
  }

  OnceLog log() {
    return log;
  }

  SigningMemory signingMemory() {
    return signingMemory;
  }

  Partition partition() {
    return partition;
  }

  PartitionReader reader() {
    return reader;
  }

  ChainLinks links() {
    return links;
  }

  ChainFinder chains() {
    return chains;
  }

  ApprovedOperations operations() {
    return operations;
  }

  /** Reads everything afresh at the next look. */
  void forget() {
    partition.forget();
    chains.forget();
  }

  /** After the certificate of a key, or a chain, has changed. */
  void certificateChanged(String label) {
    newKeys.certificateSet(label);
    partition.forgetEntry(label);
    chains.forget();
  }
}
