package io.hsmrest.client;

import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.KeyDescription;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.ServiceVersion;
import io.hsmrest.client.model.SignAnswer;
import io.hsmrest.client.model.SignRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service's operations that this project uses, one method each; section numbers are those of
 * the contract. Thread-safe. Every method blocks on the calling thread until the answer is there or
 * {@code http.deadline} is over, and retries only what is safe to repeat.
 *
 * <p>All of them throw {@link HsmConnectionException} when no answer came, {@link
 * HsmResponseException} or one of its subclasses when the service refused, {@link
 * HsmProtocolException} when the answer was not understood. An interrupt ends a call at once with a
 * {@link HsmConnectionException} that tells whether the service may have received it; the thread
 * stays interrupted.
 */
public interface HsmClient extends RequestClient {

  /**
   * Creates a key pair (2.1.1). Never repeated after a lost answer.
   *
   * @throws KeyExistsException when the label is taken
   */
  KeyDescription createKey(NewKey key) throws HsmException;

  /** All labels of the partition, those of lone certificates and system keys included (2.1.2). */
  List<String> listKeys() throws HsmException;

  /**
   * Reads one key (2.1.3).
   *
   * @throws UnknownKeyException when there is no such key
   * @throws KeyPasswordException when the key's own password is missing or wrong
   */
  KeyDescription readKey(String label, @Nullable Secret password) throws HsmException;

  /** Deletes a key with its certificate (2.1.4); on older services by the older path. */
  void deleteKey(String label, @Nullable Secret password) throws HsmException;

  /** Imports a key pair or a certificate without a key (2.1.6). */
  void importKey(ImportedKey key) throws HsmException;

  /**
   * Signs with a key that nobody has to approve (2.2.1).
   *
   * @throws InsufficientApprovalsException when the key turned out to need approvals
   */
  SignAnswer sign(SignRequest request) throws HsmException;

  /**
   * Asks for a signature that people approve (2.2.2). Never repeated after a lost answer.
   *
   * @return the request id
   */
  String submitSign(SignRequest request, RequestMetadata metadata) throws HsmException;

  /** Signs a certificate with its own key and attaches it there (2.3.3); X.509 DER. */
  Octets selfSign(SelfSignCertificateRequest request) throws HsmException;

  /** The same for keys that people approve (2.3.5); the request id. */
  String submitSelfSign(SelfSignCertificateRequest request, RequestMetadata metadata)
      throws HsmException;

  /** Makes a certification request (2.3.2); PKCS#10 DER. */
  Octets requestCsr(CsrRequest request) throws HsmException;

  /** The same for keys that people approve (2.3.5); the request id. */
  String submitCsr(CsrRequest request, RequestMetadata metadata) throws HsmException;

  /** Issues a certificate (2.3.4) without attaching it to any key; X.509 DER. */
  Octets issueCertificate(IssueCertificateRequest request) throws HsmException;

  /** The same for CA keys that people approve (2.3.5); the request id. */
  String submitIssueCertificate(IssueCertificateRequest request, RequestMetadata metadata)
      throws HsmException;

  /** Attaches a certificate (X.509 DER) to an existing key, replacing the one it has (2.3.6). */
  void importCertificate(String label, Octets certificate) throws HsmException;

  /**
   * The certificate (X.509 DER) under a label; empty when there is none or no such label (2.3.7).
   */
  Optional<Octets> readCertificate(String label) throws HsmException;

  /** Deletes the certificate under a label; a key stays (2.3.8). */
  void deleteCertificate(String label) throws HsmException;

  /** The service's version (2.8). */
  ServiceVersion version() throws HsmException;
}
