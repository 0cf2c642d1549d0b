package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;

/** RFC 3161 time stamps (contract 2.8, {@code createRfcTimestamp}). Thread-safe. */
public final class TimestampToken {
  private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.2.3.4.1");
  private static final int SERIAL_BITS = 63;

  private final Signing signing;
  private final Clock clock;
  private final SecureRandom random;

  /** Signs through {@code signing}. */
  public TimestampToken(Signing signing, Clock clock, SecureRandom random) {
    this.signing = signing;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A time-stamp token (DER of the CMS SignedData) over {@code payload}.
   *
   * @param key RSA or EC key of the time stamping authority
   * @param certificate its certificate, DER, with the critical extended key usage TIME_STAMPING and
   *     no other; goes into the token
   * @param hashAlgorithm {@code SHA1}, {@code SHA224}, {@code SHA256}, {@code SHA384} or {@code
   *     SHA512}
   * @throws ServiceRefusal 600 for another hash, 701 when it cannot be made
   */
  public Bytes create(KeyMaterial key, Bytes certificate, Bytes payload, String hashAlgorithm) {
    Hash hash = hash(hashAlgorithm);
    X509CertificateHolder holder = CertificateFacts.holder(certificate, Reason.INVALID_CERTIFICATE);
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.of(
            key.family() == KeyFamily.EC ? "SHA256_WITH_ECDSA" : "SHA256_WITH_RSA");
    if (!algorithm.fits(key)) {
      throw Signing.unfitting();
    }
    try {
      TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
      requests.setCertReq(true);
      TimeStampRequest request = requests.generate(hash.oid(), hash.of(payload.content()));
      return Bytes.owning(
          generator(holder, new HsmContentSigner(signing, key, algorithm))
              .generate(request, new BigInteger(SERIAL_BITS, random), Date.from(clock.instant()))
              .getEncoded());
    } catch (IOException | TSPException | OperatorCreationException | RuntimeException e) {
      throw new ServiceRefusal(Reason.IN_HSM, "Could not create timestamp.", e);
    }
  }

  private static TimeStampTokenGenerator generator(
      X509CertificateHolder certificate, HsmContentSigner signer)
      throws OperatorCreationException, TSPException {
    DigestCalculatorProvider digests = new BcDigestCalculatorProvider();
    SignerInfoGenerator signerInfo =
        new SignerInfoGeneratorBuilder(digests).build(signer, certificate);
    TimeStampTokenGenerator generator =
        new TimeStampTokenGenerator(
            signerInfo, digests.get(new AlgorithmIdentifier(Hash.SHA256.oid())), POLICY);
    generator.addCertificates(new CollectionStore<>(List.of(certificate)));
    return generator;
  }

  private static Hash hash(String name) {
    return switch (name) {
      case "SHA1" -> Hash.SHA1;
      case "SHA224" -> Hash.SHA224;
      case "SHA256" -> Hash.SHA256;
      case "SHA384" -> Hash.SHA384;
      case "SHA512" -> Hash.SHA512;
      default ->
          throw ServiceRefusal.invalidInput(
              "Value '" + name + "' is not valid for field hashAlgorithm");
    };
  }
}
