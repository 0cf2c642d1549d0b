package io.hsmrest.tests.scenario.signature;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key pair of Bouncy Castle's.
 *
 * @param set its parameter set
 * @param pair made by its provider
 * @param signature over the message
 * @param certificate self-signed, in DER
 */
record BouncyCastleKey(String set, KeyPair pair, byte[] signature, byte[] certificate) {
  static final Provider BC = new BouncyCastleProvider();
  static final byte[] MESSAGE = {1, 2, 3};

  static BouncyCastleKey of(String set) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(set, BC).generateKeyPair();
    Signature signer = Signature.getInstance(set, BC);
    signer.initSign(pair.getPrivate());
    signer.update(MESSAGE);
    X500Name name = new X500Name("CN=" + set);
    Instant now = Instant.now();
    byte[] der =
        new X509v3CertificateBuilder(
                name,
                BigInteger.TWO,
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3600)),
                name,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
            .build(new JcaContentSignerBuilder(set).setProvider(BC).build(pair.getPrivate()))
            .getEncoded();
    return new BouncyCastleKey(set, pair, signer.sign(), der);
  }

  X509Certificate parsed() throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate));
  }
}
