package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.provider.HsmRestProvider;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of post-quantum keys, where the JDK knows the algorithm and where it does not. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
class PostQuantumCertificateTest {

  @ParameterizedTest
  @ValueSource(strings = {"ML-DSA-44", "ML-DSA-65", "ML-DSA-87", "SLH-DSA-SHA2-128f"})
  void areSignedParsedVerifiedAndMakeAnEntry(String set) throws Exception {
    try (SigningKeys keys = new SigningKeys("{}", set)) {
      Provider provider = keys.provider();
      Security.addProvider(provider);
      KeyStore keyStore = KeyStore.getInstance(HsmRestProvider.NAME, provider);
      keyStore.load(null, null);
      HsmPrivateKey handle = (HsmPrivateKey) keyStore.getKey(set, null);
      X509Certificate certificate = selfSigned(set, handle);
      certificate.verify(certificate.getPublicKey());
      assertThat(certificate.getPublicKey()).isEqualTo(handle.publicKey());
      keyStore.setKeyEntry(set, handle, null, new Certificate[] {certificate});
      PrivateKey again = (PrivateKey) keyStore.getKey(set, null);
      assertThat(again.getAlgorithm()).isEqualTo(certificate.getPublicKey().getAlgorithm());
      assertThat(keyStore.getEntry(set, null)).isInstanceOf(KeyStore.PrivateKeyEntry.class);
      byte[] changed = certificate.getEncoded();
      changed[changed.length - 9] ^= 1;
      X509Certificate forged =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(changed));
      assertThatThrownBy(() -> forged.verify(certificate.getPublicKey()))
          .isInstanceOf(SignatureException.class);
    } finally {
      Security.removeProvider(HsmRestProvider.NAME);
    }
  }

  private static X509Certificate selfSigned(String set, HsmPrivateKey handle) throws Exception {
    X500Name name = new X500Name("CN=" + set);
    Instant now = Instant.now();
    byte[] der =
        new X509v3CertificateBuilder(
                name,
                BigInteger.TWO,
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3600)),
                name,
                SubjectPublicKeyInfo.getInstance(handle.publicKey().getEncoded()))
            .build(new JcaContentSignerBuilder(set).build(handle))
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
