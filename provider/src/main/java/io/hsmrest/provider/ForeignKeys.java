package io.hsmrest.provider;

import io.hsmrest.keystore.PqcParameterSet;
import java.security.Key;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.util.Optional;

/**
 * Keys that are none of the HSM's and come to us all the same: under names that the JDK lacks,
 * where nobody but us has the name, or the JDK cannot go on to whoever has it. Libraries that find
 * the name here would otherwise end with "No installed provider supports this key".
 */
final class ForeignKeys {
  private ForeignKeys() {}

  /** Whether this is such a key. */
  static boolean areTaken(SignatureAlgorithm algorithm, Key key) {
    if (!algorithm.isBouncyCastlesName() && !algorithm.family().isPostQuantum()) {
      return false;
    }
    Optional<Object> other = OtherProviders.engine("Signature", algorithm.jcaName());
    if (other.isPresent()) {
      return other.get() instanceof Signature;
    }
    return algorithm.isBouncyCastlesName() ? key instanceof RSAKey : isVerified(algorithm, key);
  }

  /** By our own copy of Bouncy Castle, from the encoding, whatever class the key is of. */
  private static boolean isVerified(SignatureAlgorithm algorithm, Key key) {
    return key instanceof PublicKey publicKey
        && PqcParameterSet.of(publicKey).filter(algorithm::isFor).isPresent();
  }
}
