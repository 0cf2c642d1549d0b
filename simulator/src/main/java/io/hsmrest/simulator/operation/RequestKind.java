package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.policy.Operation;

/** The kinds of request that a policy may govern (contract 3.12), with their names on the wire. */
public enum RequestKind {
  SIGN("signRequest", "signRequestId", "signedSignRequest", Operation.USE),
  MODIFY("modifyRequest", "modifyKeyRequestId", "signedModifyKeyRequest", Operation.MODIFY),
  BLOCK("blockRequest", "blockKeyRequestId", "signedBlockKeyRequest", Operation.BLOCK),
  UNBLOCK("unblockRequest", "unblockKeyRequestId", "signedUnblockKeyRequest", Operation.UNBLOCK),
  DECRYPT("decryptRequest", "decryptRequestId", "signedDecryptRequest", Operation.USE),
  UNWRAP("unwrapKeyRequest", "unwrapRequestId", "signedUnwrapKeyRequest", Operation.USE),
  CERTIFICATE_REQUEST(
      "csrSignRequest", "signRequestId", "signedCertificateRequestRequest", Operation.USE),
  ISSUE("signCertificateRequest", "signRequestId", "signedSignCertificateRequest", Operation.USE),
  SELF_SIGN(
      "selfSignCertificateRequest",
      "signRequestId",
      "signedSelfSignCertificateRequestDto",
      Operation.USE);

  private final String root;
  private final String idField;
  private final String taskField;
  private final Operation operation;

  RequestKind(String root, String idField, String taskField, Operation operation) {
    this.root = root;
    this.idField = idField;
    this.taskField = taskField;
    this.operation = operation;
  }

  /** The object that wraps the request in a body. */
  public String root() {
    return root;
  }

  /** The field of the answer that carries the request's id. */
  public String idField() {
    return idField;
  }

  /** The field of a task, from level 3 on, that carries the body. */
  public String taskField() {
    return taskField;
  }

  /** Which rule governs it. */
  public Operation operation() {
    return operation;
  }
}
