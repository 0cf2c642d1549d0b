package io.hsmrest.tests.scenario.tls;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.provider.HsmRestProvider;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import org.jspecify.annotations.Nullable;

/** A simulated HSM with a key of each type, each certified by a CA that it holds no key of. */
final class TlsHsm implements AutoCloseable {
  private final SimulatedHsm hsm = new SimulatedHsm();
  private final SoftwareCa ca = SoftwareCa.root("Test CA");

  TlsHsm(TlsKey... keys) {
    for (TlsKey key : keys) {
      hsm.create(key.newKey());
      certify(key, "tls server " + key);
    }
  }

  /** Gives the key a certificate, a new one each time. */
  X509Certificate certify(TlsKey key, String commonName) {
    try {
      KeyStore keyStore = keyStore(hsm.provider("keys.include=" + key.label()));
      HsmPrivateKey handle = (HsmPrivateKey) keyStore.getKey(key.label(), null);
      X509Certificate leaf =
          ca.issue(
              commonName,
              key == TlsKey.RSASSA_PSS
                  ? pssKey((RSAPublicKey) handle.publicKey(), null)
                  : handle.publicKey());
      keyStore.setKeyEntry(key.label(), handle, null, new Certificate[] {leaf, ca.certificate()});
      return leaf;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The same key under RSASSA-PSS (RFC 4055 1.2).
   *
   * @param tied the only parameters it may sign with
   */
  static PublicKey pssKey(RSAPublicKey key, @Nullable PSSParameterSpec tied)
      throws GeneralSecurityException {
    return KeyFactory.getInstance("RSASSA-PSS", "SunRsaSign")
        .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent(), tied));
  }

  SimulatedHsm hsm() {
    return hsm;
  }

  SoftwareCa ca() {
    return ca;
  }

  /** A provider that sees one key. */
  Provider provider(TlsKey key, String... settings) {
    String[] lines = new String[settings.length + 1];
    lines[0] = "keys.include=" + key.label();
    System.arraycopy(settings, 0, lines, 1, settings.length);
    return hsm.provider(lines);
  }

  static KeyStore keyStore(Provider provider) {
    try {
      KeyStore keyStore = KeyStore.getInstance(HsmRestProvider.NAME, provider);
      keyStore.load(null, null);
      return keyStore;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How many signatures the service was asked for so far. */
  long signatures() {
    return hsm.simulator().requests().getOrDefault("POST /v1/synchronousSign", 0L)
        + hsm.simulator().requests().getOrDefault("POST /v1/sign", 0L);
  }

  @Override
  public void close() {
    hsm.close();
  }
}
