package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateFacts;
import io.hsmrest.simulator.crypto.Reason;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * One entry of {@code signedApprovals} (contract 2.6.6). The vendor's type numbers are not
 * published; these are the simulator's own: 0x2001 approvalToBeSigned, 0x2002 signature, 0x2003
 * public key, 0x2004 certificate, in the framing of contract 2.6.2.
 *
 * @param approvalToBeSigned what was signed
 * @param signatureWithAlgorithm DER SEQUENCE of AlgorithmIdentifier and BIT STRING
 * @param approver public key (SPKI DER) or certificate (DER)
 * @param byCertificate which of the two
 */
public record SignedApproval(
    Bytes approvalToBeSigned, Bytes signatureWithAlgorithm, Bytes approver, boolean byCertificate) {

  /** The entry, to be sent in base64. */
  public Bytes toBytes() {
    return Bytes.of(
        new TlvWriter()
            .bytes(TlvType.SIGNED_CONTENT, approvalToBeSigned)
            .bytes(TlvType.SIGNATURE, signatureWithAlgorithm)
            .bytes(byCertificate ? TlvType.CERTIFICATE : TlvType.PUBLIC_KEY, approver)
            .structure());
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  public static SignedApproval parse(Bytes encoded) {
    TlvReader in = new TlvReader(encoded);
    Bytes content = in.bytes(TlvType.SIGNED_CONTENT);
    Bytes signature = in.bytes(TlvType.SIGNATURE);
    boolean byCertificate = in.nextType() == TlvType.CERTIFICATE;
    Bytes approver = in.bytes(byCertificate ? TlvType.CERTIFICATE : TlvType.PUBLIC_KEY);
    in.end();
    SignatureWithAlgorithm.parse(signature);
    return new SignedApproval(content, signature, approver, byCertificate);
  }

  /**
   * The approver's public key, SPKI DER.
   *
   * @throws io.hsmrest.simulator.crypto.ServiceRefusal 402 for an unreadable certificate
   */
  public Bytes publicKey() {
    return byCertificate
        ? CertificateFacts.read(approver, Reason.INVALID_CERTIFICATE).publicKey()
        : approver;
  }

  /**
   * Checks the approver's signature.
   *
   * @throws io.hsmrest.simulator.crypto.ServiceRefusal 403 for a bad signature, 402 or 407 for an
   *     unreadable certificate or key, 601 for a key type approvers cannot have
   */
  public void check() {
    Bytes key = publicKey();
    SignatureWithAlgorithm parsed = SignatureWithAlgorithm.parse(signatureWithAlgorithm);
    ApproverSignature.verify(
        ApproverKeyType.of(key),
        key,
        parsed.algorithm().getAlgorithm().getId(),
        approvalToBeSigned,
        parsed.signature());
  }

  /**
   * Wraps an approval as an approver program has it.
   *
   * @param digestAlgorithm as in {@code approvalDigestAlgorithm}
   * @param signature plain signature
   */
  public static SignedApproval of(
      Bytes approvalToBeSigned,
      String digestAlgorithm,
      Bytes signature,
      Bytes approver,
      boolean byCertificate) {
    Bytes key =
        byCertificate
            ? CertificateFacts.read(approver, Reason.INVALID_CERTIFICATE).publicKey()
            : approver;
    String jcaName = ApproverSignature.jcaName(ApproverKeyType.of(key), digestAlgorithm);
    return new SignedApproval(
        approvalToBeSigned,
        new SignatureWithAlgorithm(
                new DefaultSignatureAlgorithmIdentifierFinder().find(jcaName), signature)
            .toDer(),
        approver,
        byCertificate);
  }
}
