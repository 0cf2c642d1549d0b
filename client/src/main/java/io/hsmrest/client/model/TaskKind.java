package io.hsmrest.client.model;

import org.jspecify.annotations.Nullable;

/** What an approver is asked about, with the service's names for it (contract 2.6.1, 3.12). */
public enum TaskKind {
  /** A signature. */
  SIGN("signedSignRequest", "signRequest", "signKeyName", "signatureAlgorithm", "payload"),
  /** A certification request. */
  CSR(
      "signedCertificateRequestRequest",
      "csrSignRequest",
      "signKeyName",
      "signatureAlgorithm",
      null),
  /** A certificate for another key. */
  ISSUE(
      "signedSignCertificateRequest",
      "signCertificateRequest",
      "signKeyName",
      "signatureAlgorithm",
      null),
  /** A certificate for the key itself. */
  SELF_SIGN(
      "signedSelfSignCertificateRequestDto",
      "selfSignCertificateRequest",
      "signKeyName",
      "signatureAlgorithm",
      null),
  /** A decryption. */
  DECRYPT(
      "signedDecryptRequest",
      "decryptRequest",
      "decryptKeyName",
      "cipherAlgorithm",
      "encryptedPayload"),
  /** The unwrapping of another key. */
  UNWRAP("signedUnwrapKeyRequest", "unwrapKeyRequest", "unwrapKeyName", "wrapMethod", "wrappedKey"),
  /** Nobody can use the key afterwards. */
  BLOCK("signedBlockKeyRequest", "blockRequest", "blockKeyName", null, null),
  /** The end of a block. */
  UNBLOCK("signedUnblockKeyRequest", "unblockRequest", "unblockKeyName", null, null),
  /** A new policy. */
  MODIFY("signedModifyKeyRequest", "modifyRequest", "modifyKeyName", null, null);

  private final String taskMember;
  private final String root;
  private final String keyMember;
  private final @Nullable String algorithmMember;
  private final @Nullable String payloadMember;

  TaskKind(
      String taskMember,
      String root,
      String keyMember,
      @Nullable String algorithmMember,
      @Nullable String payloadMember) {
    this.taskMember = taskMember;
    this.root = root;
    this.keyMember = keyMember;
    this.algorithmMember = algorithmMember;
    this.payloadMember = payloadMember;
  }

  /** The member of a task that carries the request's body. */
  public String taskMember() {
    return taskMember;
  }

  /** The object that wraps the request in its body. */
  public String root() {
    return root;
  }

  /** The member that names the key. */
  public String keyMember() {
    return keyMember;
  }

  /** The member that names the algorithm, null where there is none. */
  public @Nullable String algorithmMember() {
    return algorithmMember;
  }

  /** The member whose bytes are what the approval is over, null where there is no such member. */
  public @Nullable String payloadMember() {
    return payloadMember;
  }

  /** Whether a certificate or a certification request is to be made. */
  public boolean isCertificate() {
    return this == CSR || this == ISSUE || this == SELF_SIGN;
  }
}
