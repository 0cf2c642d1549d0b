package io.hsmrest.provider;

import io.hsmrest.keystore.PqcParameterSet;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Checks a signature with the public key from the digest alone, so that nobody hashes a large
 * message twice. JDK first; Bouncy Castle where the JDK lacks the curve or the algorithm.
 */
final class PublicKeyCheck {
  private PublicKeyCheck() {}

  /**
   * Whether the signature is the key's.
   *
   * @param hash null for raw input and schemes that hash inside
   * @param input the digest, or the raw input, or the message
   * @param signature DER where the scheme is ECDSA
   */
  static boolean verifies(
      KeyFamily family, @Nullable Hash hash, PublicKey key, byte[] input, byte[] signature) {
    try {
      return switch (family) {
        case RSA ->
            rsa((RSAPublicKey) key, hash == null ? input : hash.digestInfo(input), signature);
        case RSA_PSS ->
            hash != null
                && PssEncoding.saltLength((RSAPublicKey) key, hash, input, signature).orElse(-1)
                    == hash.length();
        case ECDSA -> ecdsa((ECPublicKey) key, input, signature);
        case EDDSA -> jdk(JdkEngines.existing("Ed25519"), key, input, signature);
        case ML_DSA, SLH_DSA -> postQuantum(key, input, signature);
      };
    } catch (GeneralSecurityException | RuntimeException e) {
      // Garbage in the signature shows as any of these; it is no signature of this key.
      return false;
    }
  }

  private static boolean rsa(RSAPublicKey key, byte[] expected, byte[] signature)
      throws GeneralSecurityException {
    Cipher cipher = JdkEngines.rsaCipher();
    cipher.init(Cipher.DECRYPT_MODE, key);
    return MessageDigest.isEqual(expected, cipher.doFinal(signature));
  }

  private static boolean ecdsa(ECPublicKey key, byte[] digest, byte[] der)
      throws GeneralSecurityException {
    // SunEC's raw engine takes 64 bytes and the leftmost bits of them itself.
    return EcCheck.isBeyondTheJdk(key)
        ? EcCheck.of(key).verifiesDer(digest, der)
        : jdk(JdkEngines.existing("NONEwithECDSA"), key, digest, der);
  }

  private static boolean postQuantum(PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    PqcParameterSet set = PqcParameterSet.of(key).orElseThrow();
    Optional<Signature> engine = JdkEngines.signature(set.parameterName());
    return engine.isPresent()
        ? jdk(engine.get(), key, message, signature)
        : PqcCheck.verifies(set, key, message, signature);
  }

  private static boolean jdk(Signature engine, PublicKey key, byte[] input, byte[] signature)
      throws GeneralSecurityException {
    engine.initVerify(key);
    engine.update(input);
    return engine.verify(signature);
  }
}
