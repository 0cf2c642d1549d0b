package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** DER SEQUENCE of AlgorithmIdentifier and BIT STRING (contract 2.6.2, 0x1056). */
record SignatureWithAlgorithm(AlgorithmIdentifier algorithm, Bytes signature) {

  Bytes toDer() {
    try {
      return Bytes.of(
          new DERSequence(new ASN1Encodable[] {algorithm, new DERBitString(signature.toArray())})
              .getEncoded("DER"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one; {@link IllegalArgumentException} when it is none. */
  static SignatureWithAlgorithm parse(Bytes der) {
    try {
      ASN1Sequence sequence = ASN1Sequence.getInstance(der.toArray());
      if (sequence.size() == 2) {
        return new SignatureWithAlgorithm(
            AlgorithmIdentifier.getInstance(sequence.getObjectAt(0)),
            Bytes.of(ASN1BitString.getInstance(sequence.getObjectAt(1)).getOctets()));
      }
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a signature with its algorithm", e);
    }
    throw new IllegalArgumentException("not a signature with its algorithm");
  }
}
