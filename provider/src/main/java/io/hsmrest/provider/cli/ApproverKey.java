package io.hsmrest.provider.cli;

import io.hsmrest.client.ApproverIdentity;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.model.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An approver's key out of a PKCS#12 file. */
final class ApproverKey implements ApproverIdentity {
  private final PrivateKey key;
  private final X509Certificate certificate;
  private final Octets encodedCertificate;
  private final Scheme scheme;

  /** How a key signs, and the digest's name at the service (contract 2.6.1, 2.6.3). */
  private record Scheme(String signature, String digest) {}

  private ApproverKey(
      PrivateKey key, X509Certificate certificate, Octets encodedCertificate, Scheme scheme) {
    this.key = key;
    this.certificate = certificate;
    this.encodedCertificate = encodedCertificate;
    this.scheme = scheme;
  }

  /**
   * Reads the key.
   *
   * @param alias which one, null for the only one
   */
  static ApproverKey open(Path file, @Nullable String alias, char[] password) throws HsmException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return of(store, file, alias(store, file, alias), password);
    } catch (NoSuchFileException e) {
      throw new HsmConfigurationException("the key file " + file + " does not exist", e);
    } catch (IOException e) {
      throw new HsmException(
          e.getCause() instanceof UnrecoverableKeyException
              ? "the password of " + file + " is wrong"
              : file + " is no PKCS#12 file that can be read: " + e.getMessage(),
          e);
    } catch (UnrecoverableKeyException e) {
      throw new HsmException(
          "the key in "
              + file
              + " cannot be used: another password than the file's, or a key type or curve that"
              + " this Java does not know",
          e);
    } catch (GeneralSecurityException e) {
      throw new HsmException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static ApproverKey of(KeyStore store, Path file, String alias, char[] password)
      throws HsmException, GeneralSecurityException {
    Certificate certificate = store.getCertificate(alias);
    if (!(store.getKey(alias, password) instanceof PrivateKey key)
        || !(certificate instanceof X509Certificate x509)) {
      throw new HsmException("'" + alias + "' in " + file + " is no key with a certificate", null);
    }
    ApproverKey approver = new ApproverKey(key, x509, Octets.of(x509.getEncoded()), scheme(key));
    if (!approver.signsForItsCertificate()) {
      throw new HsmException(
          "the certificate of '" + alias + "' in " + file + " is another key's", null);
    }
    return approver;
  }

  /** A policy cannot be taken back: who gets into one has to be able to sign. */
  private boolean signsForItsCertificate() throws HsmException, GeneralSecurityException {
    Octets content = Octets.of(new byte[] {1});
    Octets signature = sign(content);
    Signature verifier = Signature.getInstance(scheme.signature());
    verifier.initVerify(certificate.getPublicKey());
    verifier.update(content.toByteArray());
    return verifier.verify(signature.toByteArray());
  }

  private static String alias(KeyStore store, Path file, @Nullable String wanted)
      throws HsmException, KeyStoreException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    if (wanted != null && store.isKeyEntry(wanted)) {
      return wanted;
    }
    if (wanted == null && keys.size() == 1) {
      return keys.get(0);
    }
    String names = PlainText.oneLine(String.join(", ", keys));
    if (keys.isEmpty()) {
      throw new HsmConfigurationException("there is no private key in " + file);
    }
    throw new HsmConfigurationException(
        wanted == null
            ? "several keys are in " + file + "; name one with --alias: " + names
            : "there is no key '" + wanted + "' in " + file + "; there is " + names);
  }

  private static Scheme scheme(PrivateKey key) throws HsmException {
    String algorithm = key.getAlgorithm();
    if (algorithm.equals("RSA")) {
      return new Scheme("SHA256withRSA", "SHA-256");
    }
    if (key instanceof ECKey ec) {
      int bits = ec.getParams().getOrder().bitLength();
      int digest = bits > 384 ? 512 : bits > 256 ? 384 : 256;
      return new Scheme("SHA" + digest + "withECDSA", "SHA-" + digest);
    }
    if (algorithm.equals("DSA")) {
      return new Scheme("SHA256withDSA", "SHA-256");
    }
    if (key instanceof EdECKey ed && ed.getParams().getName().equals("Ed25519")) {
      return new Scheme("Ed25519", "EdDSA");
    }
    throw new HsmException(
        "a key of the type "
            + algorithm
            + " cannot approve; the service takes RSA, EC, DSA and Ed25519",
        null);
  }

  @Override
  public Octets publicKey() {
    return Octets.of(certificate.getPublicKey().getEncoded());
  }

  @Override
  public Octets certificate() {
    return encodedCertificate;
  }

  @Override
  public String digestAlgorithm() {
    return scheme.digest();
  }

  @Override
  public Octets sign(Octets content) throws HsmException {
    try {
      Signature engine = Signature.getInstance(scheme.signature());
      engine.initSign(key);
      engine.update(content.toByteArray());
      return Octets.of(engine.sign());
    } catch (GeneralSecurityException e) {
      throw new HsmException("the approver's key cannot sign: " + e.getMessage(), e);
    }
  }

  /** The certificate's subject. */
  String subject() {
    return PlainText.oneLine(certificate.getSubjectX500Principal().getName());
  }

  /** Subject and fingerprint of the public key, as others see it in lists of approvers. */
  String describe() {
    return subject() + ", " + new Approvers(null).names(List.of(publicKey()));
  }
}
