package io.hsmrest.tests.scenario.keytool;

import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.crypto.spec.SecretKeySpec;

/** Software keys and certificates that several rows use; made once. */
final class Material {
  static final SoftwareCa CA = SoftwareCa.root("Test CA");
  static final KeyPair WEB = SoftwareKeys.newKeys();
  static final KeyPair OTHER = SoftwareKeys.newKeys();
  static final X509Certificate WEB_OF_CA = CA.issue("web", WEB.getPublic());

  /** Its name has a letter that Base64 lacks, so that no certificate printed as PEM contains it. */
  static final NewKey AES =
      new NewKey(
          "secret-aes",
          "AES",
          256,
          null,
          new KeyFlags(false, true, false, false, true, true),
          null,
          null);

  static final String PKCS12_PASSWORD = "test-password";

  private Material() {}

  /** A PKCS#12 file with a key pair and its chain, a secret key and a certificate. */
  static byte[] pkcs12() {
    try {
      char[] password = PKCS12_PASSWORD.toCharArray();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "pair", WEB.getPrivate(), password, new Certificate[] {WEB_OF_CA, CA.certificate()});
      store.setKeyEntry("secret", new SecretKeySpec(new byte[16], "AES"), password, null);
      store.setCertificateEntry("ca", CA.certificate());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, password);
      return out.toByteArray();
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
