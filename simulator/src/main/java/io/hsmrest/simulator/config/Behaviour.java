package io.hsmrest.simulator.config;

import io.hsmrest.simulator.crypto.SignatureSettings.EdEncoding;
import io.hsmrest.simulator.crypto.SignatureSettings.PssSalt;
import io.hsmrest.simulator.policy.Evaluation.EmptyTokens;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the contract does not know (section 8), one setting for each point. A value left out is the
 * most plausible one.
 *
 * @param successStatus U1: status of successful POSTs
 * @param deleteStatus U1: status of successful DELETEs, 200 or 204
 * @param eddsaEncoding U4: encoding of EdDSA signatures
 * @param eddsaRawRefused U4: whether RAW is refused (635) on ED keys
 * @param pssSalt U5: salt length of RSA-PSS
 * @param certificateSubject U6: which subject field certificate calls take
 * @param missingCertificate U9: error for a key without certificate
 * @param requestedExtensionsInIssued U11: whether requested extensions go into issued certificates;
 *     null follows the version
 * @param selfSignResult U12: result of an asynchronous self-signing
 * @param rejectMethods U14: methods of {@code /v1/task}
 * @param resultOnce U15: whether a request hands its result out only once
 * @param deleteKeyByPost U16: whether {@code /v1/key/deleteKey} exists; null follows the version
 * @param deleteKeepsCertificate U16: whether a key's certificate outlives it as a lone certificate
 * @param listedObjects U19: what {@code GET /v1/key} lists
 * @param blockedAsync U25: what becomes of an asynchronous request on a blocked key
 * @param emptyRuleEcho U26: how a rule without conditions is shown
 * @param certificateRole U35: API-key role of the certificate endpoints
 * @param emptyTokens U36: what {@code tokens: []} means
 * @param unknownSignatureType U37: answer to a signatureType this release does not know
 */
public record Behaviour(
    SuccessStatus successStatus,
    Integer deleteStatus,
    EdEncoding eddsaEncoding,
    boolean eddsaRawRefused,
    PssSalt pssSalt,
    CertificateSubject certificateSubject,
    MissingCertificate missingCertificate,
    @Nullable Boolean requestedExtensionsInIssued,
    SelfSignResult selfSignResult,
    List<String> rejectMethods,
    boolean resultOnce,
    @Nullable Boolean deleteKeyByPost,
    boolean deleteKeepsCertificate,
    ListedObjects listedObjects,
    BlockedAsync blockedAsync,
    EmptyRuleEcho emptyRuleEcho,
    CertificateRole certificateRole,
    EmptyTokens emptyTokens,
    UnknownSignatureType unknownSignatureType) {

  /** U1. */
  public enum SuccessStatus {
    /** Table 2.0 of the contract. */
    DOCUMENTED,
    /** 200 for everything. */
    OK,
    /** 201 for every POST. */
    CREATED
  }

  /** U6. */
  public enum CertificateSubject {
    EITHER,
    COMMON_NAME,
    STANDARD_ATTRIBUTES
  }

  /** U9. */
  public enum MissingCertificate {
    /** 402, HTTP 400. */
    INVALID_CERTIFICATE,
    /** 650, HTTP 404. */
    KEY_NOT_EXISTENT
  }

  /** U12. */
  public enum SelfSignResult {
    /** The text {@code true}. */
    TRUE_TEXT,
    PEM,
    BASE64
  }

  /** U19. */
  public enum ListedObjects {
    /** Lone certificates and public keys too. */
    ALL,
    /** Only key pairs and secret keys. */
    KEYS
  }

  /** U25. */
  public enum BlockedAsync {
    FAILED,
    REFUSED
  }

  /** U26. */
  public enum EmptyRuleEcho {
    NULL_VALUE,
    ABSENT,
    EMPTY_TOKENS
  }

  /** U35. */
  public enum CertificateRole {
    KEY_OPERATION,
    KEY_MANAGEMENT
  }

  /** U37. */
  public enum UnknownSignatureType {
    /** 400, errorCode 600. */
    REFUSED,
    /** 200 with {@code "signature": null}. */
    NULL_SIGNATURE
  }

  /** Fills in what was left out. */
  @SuppressWarnings("NullAway") // the binder passes null for what the file leaves out
  public Behaviour {
    successStatus = Objects.requireNonNullElse(successStatus, SuccessStatus.DOCUMENTED);
    deleteStatus = Objects.requireNonNullElse(deleteStatus, 200);
    eddsaEncoding = Objects.requireNonNullElse(eddsaEncoding, EdEncoding.RAW);
    pssSalt = Objects.requireNonNullElse(pssSalt, PssSalt.DIGEST_LENGTH);
    certificateSubject = Objects.requireNonNullElse(certificateSubject, CertificateSubject.EITHER);
    missingCertificate =
        Objects.requireNonNullElse(missingCertificate, MissingCertificate.INVALID_CERTIFICATE);
    selfSignResult = Objects.requireNonNullElse(selfSignResult, SelfSignResult.TRUE_TEXT);
    rejectMethods =
        List.copyOf(Objects.requireNonNullElse(rejectMethods, List.of("PATCH", "DELETE", "POST")));
    listedObjects = Objects.requireNonNullElse(listedObjects, ListedObjects.ALL);
    blockedAsync = Objects.requireNonNullElse(blockedAsync, BlockedAsync.FAILED);
    emptyRuleEcho = Objects.requireNonNullElse(emptyRuleEcho, EmptyRuleEcho.NULL_VALUE);
    certificateRole = Objects.requireNonNullElse(certificateRole, CertificateRole.KEY_OPERATION);
    emptyTokens = Objects.requireNonNullElse(emptyTokens, EmptyTokens.ALLOWED);
    unknownSignatureType =
        Objects.requireNonNullElse(unknownSignatureType, UnknownSignatureType.REFUSED);
  }
}
