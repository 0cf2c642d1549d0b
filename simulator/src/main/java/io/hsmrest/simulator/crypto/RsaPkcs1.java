package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;

/**
 * RSASSA-PKCS1-v1_5. The JDK's RSA does the padding of type 1 and the arithmetic, which it has
 * compiled specially.
 */
final class RsaPkcs1 implements SignatureScheme {
  private static final String TRANSFORMATION = "RSA/ECB/PKCS1Padding";

  @Override
  public SignResult sign(KeyMaterial key, SignInput input)
      throws IOException, GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION, Jdk.JCE);
    cipher.init(Cipher.ENCRYPT_MODE, key.parsed().jdkPrivateKey());
    return SignatureScheme.plain(cipher.doFinal(content(input.algorithm(), input.payload())));
  }

  @Override
  public boolean verify(KeyMaterial key, Check check) throws IOException, GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION, Jdk.JCE);
    cipher.init(Cipher.DECRYPT_MODE, key.parsed().jdkPublicKey());
    byte[] recovered = cipher.doFinal(check.signature().content());
    return MessageDigest.isEqual(recovered, content(check.algorithm(), check.payload()));
  }

  private static byte[] content(SignatureAlgorithm algorithm, Bytes payload) throws IOException {
    Hash hash = algorithm.hash();
    if (hash == null) {
      return payload.content();
    }
    byte[] digest =
        algorithm.scheme() == Scheme.RSA_DIGEST
            ? checked(hash, payload)
            : hash.of(payload.content());
    return new DigestInfo(new AlgorithmIdentifier(hash.oid(), DERNull.INSTANCE), digest)
        .getEncoded("DER");
  }

  /** A digest that a client brings, if it has the length of that hash. */
  static byte[] checked(Hash hash, Bytes digest) {
    if (digest.size() != hash.length()) {
      throw ServiceRefusal.inHsm(
          "Error creating signature. The payload must be a digest of "
              + hash.length()
              + " bytes, but has "
              + digest.size()
              + ".");
    }
    return digest.content();
  }
}
