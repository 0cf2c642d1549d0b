package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V1TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate without a common name, which the service never makes. Nobody checks who signed. */
final class NamelessCertificate {
  private NamelessCertificate() {}

  static Bytes of(TestApprover approver) {
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    V1TBSCertificateGenerator generator = new V1TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
    generator.setSignature(algorithm);
    generator.setIssuer(new X500Name("O=nobody"));
    generator.setSubject(new X500Name("O=nobody"));
    generator.setStartDate(new Time(Date.from(Instant.EPOCH)));
    generator.setEndDate(new Time(Date.from(Instant.parse("2049-01-01T00:00:00Z"))));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(approver.publicKey().toArray()));
    try {
      byte[] content = generator.generateTBSCertificate().getEncoded();
      byte[] signature = approver.sign("SHA-256", Bytes.of(content)).toArray();
      return Bytes.of(
          new DERSequence(
                  new ASN1Encodable[] {
                    generator.generateTBSCertificate(), algorithm, new DERBitString(signature)
                  })
              .getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
