package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.KeyDescription;
import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.ServiceVersion;
import io.hsmrest.client.model.SignAnswer;
import io.hsmrest.client.model.SignRequest;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A partition in memory behind the client's interface. It writes down each call ("list",
 * "attributes LABEL", "certificate LABEL" ...), and answers labels as told.
 */
final class InMemoryHsm implements HsmClient {
  static final Instant CREATED = Instant.parse("2026-02-03T04:05:06Z");

  private final Map<String, KeyDescription> keys = new ConcurrentHashMap<>();
  private final Map<String, Octets> certificates = new ConcurrentHashMap<>();
  private final Map<String, Secret> passwords = new ConcurrentHashMap<>();
  private final Map<String, HsmException> attributeFailures = new ConcurrentHashMap<>();
  private final Map<String, HsmException> certificateFailures = new ConcurrentHashMap<>();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private volatile Consumer<String> beforeAnswer = call -> {};
  private volatile @Nullable HsmException failure;
  private volatile @Nullable HsmException importFailure;
  private volatile boolean makesImportsExtractable;
  private volatile boolean listsKeysOnly;

  /** Puts a key there, as another program would. */
  InMemoryHsm withKey(String label, PublicKey publicKey, @Nullable X509Certificate certificate) {
    keys.put(label, description(label, publicKey, KeyFlags.forSigning()));
    certificates.remove(label);
    return certificate == null ? this : withCertificate(label, certificate);
  }

  InMemoryHsm withKey(String label, KeyPair pair) {
    return withKey(label, pair.getPublic(), Certificates.selfSigned(label, pair));
  }

  InMemoryHsm withCertificate(String label, X509Certificate certificate) {
    certificates.put(label, JdkCrypto.encoded(certificate));
    return this;
  }

  InMemoryHsm withRawCertificate(String label, byte[] der) {
    certificates.put(label, Octets.of(der));
    return this;
  }

  InMemoryHsm withSymmetricKey(String label) {
    keys.put(
        label,
        new KeyDescription(label, "AES", null, 256, CREATED, null, KeyFlags.forSigning(), null));
    return this;
  }

  InMemoryHsm withKeyOfType(String label, String algorithm, byte[] spki) {
    keys.put(
        label,
        new KeyDescription(
            label, algorithm, null, null, CREATED, Octets.of(spki), KeyFlags.forSigning(), null));
    return this;
  }

  InMemoryHsm withPassword(String label, String password) {
    passwords.put(label, Secret.of(password));
    return this;
  }

  InMemoryHsm refusingAttributes(String label, HsmException refusal) {
    attributeFailures.put(label, refusal);
    return this;
  }

  InMemoryHsm refusingCertificate(String label, HsmException refusal) {
    certificateFailures.put(label, refusal);
    return this;
  }

  /** Takes no certificate without a key. */
  InMemoryHsm refusingImport(HsmException refusal) {
    importFailure = refusal;
    return this;
  }

  /** Nothing works any more, until null is given. */
  InMemoryHsm failing(@Nullable HsmException everything) {
    failure = everything;
    return this;
  }

  InMemoryHsm makingImportsExtractable() {
    makesImportsExtractable = true;
    return this;
  }

  /** Leaves certificates without a key out of its list (contract U19). */
  InMemoryHsm listingKeysOnly() {
    listsKeysOnly = true;
    return this;
  }

  /** Runs before each answer, on the calling thread, with the call as it is written down. */
  InMemoryHsm beforeAnswers(Consumer<String> hook) {
    beforeAnswer = hook;
    return this;
  }

  void remove(String label) {
    keys.remove(label);
    certificates.remove(label);
  }

  KeyFlags flagsOf(String label) {
    KeyDescription key = keys.get(label);
    if (key == null) {
      throw new AssertionError("no key " + label);
    }
    return key.flags();
  }

  boolean has(String label) {
    return keys.containsKey(label) || certificates.containsKey(label);
  }

  /** All calls so far, which are then forgotten. */
  List<String> takeCalls() {
    synchronized (calls) {
      List<String> taken = List.copyOf(calls);
      calls.clear();
      return taken;
    }
  }

  private void called(String call) throws HsmException {
    calls.add(call);
    beforeAnswer.accept(call);
    HsmException everything = failure;
    if (everything != null) {
      throw everything;
    }
  }

  @Override
  public KeyDescription createKey(NewKey key) throws HsmException {
    called("create " + key.label());
    if (has(key.label())) {
      throw Refusal.keyExists(key.label());
    }
    KeyPair pair =
        switch (key.algorithm()) {
          case "RSA" -> Certificates.rsa();
          case "ED" -> Certificates.ed25519();
          default -> Certificates.ec();
        };
    KeyDescription made = description(key.label(), pair.getPublic(), key.flags());
    keys.put(key.label(), made);
    return made;
  }

  @Override
  public List<String> listKeys() throws HsmException {
    called("list");
    List<String> labels = new ArrayList<>(keys.keySet());
    if (!listsKeysOnly) {
      certificates.keySet().stream().filter(label -> !keys.containsKey(label)).forEach(labels::add);
    }
    return labels;
  }

  @Override
  public KeyDescription readKey(String label, @Nullable Secret password) throws HsmException {
    called("attributes " + label);
    HsmException refusal = attributeFailures.get(label);
    if (refusal != null) {
      throw refusal;
    }
    KeyDescription key = keys.get(label);
    if (key == null) {
      throw Refusal.unknownKey(label);
    }
    Secret needed = passwords.get(label);
    if (needed != null && !needed.equals(password)) {
      throw Refusal.wrongPassword(label);
    }
    return key;
  }

  @Override
  public void deleteKey(String label, @Nullable Secret password) throws HsmException {
    called("delete " + label);
    if (keys.remove(label) == null) {
      throw Refusal.unknownKey(label);
    }
    certificates.remove(label);
  }

  @Override
  public void importKey(ImportedKey key) throws HsmException {
    called("import " + key.label());
    HsmException refusal = importFailure;
    if (refusal != null && key.privateKey() == null) {
      throw refusal;
    }
    Octets certificate = key.certificate();
    if (certificate == null) {
      throw new AssertionError("this project imports nothing without a certificate");
    }
    if (key.privateKey() != null) {
      if (has(key.label())) {
        throw Refusal.keyExists(key.label());
      }
      PublicKey publicKey = JdkCrypto.certificate(certificate, key.label()).getPublicKey();
      KeyFlags flags = makesImportsExtractable ? key.flags().withExtractable(true) : key.flags();
      keys.put(key.label(), description(key.label(), publicKey, flags));
    }
    certificates.put(key.label(), certificate);
  }

  @Override
  public void importCertificate(String label, Octets certificate) throws HsmException {
    called("attach " + label);
    if (!keys.containsKey(label)) {
      throw Refusal.unknownKey(label);
    }
    certificates.put(label, certificate);
  }

  @Override
  public Optional<Octets> readCertificate(String label) throws HsmException {
    called("certificate " + label);
    HsmException refusal = certificateFailures.get(label);
    if (refusal != null) {
      throw refusal;
    }
    return Optional.ofNullable(certificates.get(label));
  }

  @Override
  public void deleteCertificate(String label) throws HsmException {
    called("delete certificate " + label);
    certificates.remove(label);
  }

  private static KeyDescription description(String label, PublicKey key, KeyFlags flags) {
    String algorithm = key.getAlgorithm().equals("EdDSA") ? "ED" : key.getAlgorithm();
    return new KeyDescription(
        label, algorithm, null, null, CREATED, Octets.of(key.getEncoded()), flags, null);
  }

  @Override
  public SignAnswer sign(SignRequest request) {
    throw notHere();
  }

  @Override
  public String submitSign(SignRequest request, RequestMetadata metadata) {
    throw notHere();
  }

  @Override
  public Octets selfSign(SelfSignCertificateRequest request) {
    throw notHere();
  }

  @Override
  public String submitSelfSign(SelfSignCertificateRequest request, RequestMetadata metadata) {
    throw notHere();
  }

  @Override
  public Octets requestCsr(CsrRequest request) {
    throw notHere();
  }

  @Override
  public String submitCsr(CsrRequest request, RequestMetadata metadata) {
    throw notHere();
  }

  @Override
  public Octets issueCertificate(IssueCertificateRequest request) {
    throw notHere();
  }

  @Override
  public String submitIssueCertificate(IssueCertificateRequest request, RequestMetadata metadata) {
    throw notHere();
  }

  @Override
  public RequestStatus readRequest(String requestId) {
    throw notHere();
  }

  @Override
  public void cancelRequest(String requestId) {
    throw notHere();
  }

  @Override
  public List<RequestSummary> listRequests(Set<RequestState> states) {
    throw notHere();
  }

  @Override
  public ServiceVersion version() {
    throw notHere();
  }

  @Override
  public void close() {}

  private static AssertionError notHere() {
    return new AssertionError("not asked of this fake");
  }
}
