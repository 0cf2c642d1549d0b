package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.bouncycastle.crypto.CryptoException;
import org.jspecify.annotations.Nullable;

/** Signs and verifies in one way. Implementations are thread-safe. */
interface SignatureScheme {

  /** Signs; the answer is in the encoding that the HSM has it in. */
  SignResult sign(KeyMaterial key, SignInput input)
      throws IOException, GeneralSecurityException, CryptoException;

  /** Verifies; false also for what is no signature at all. */
  boolean verify(KeyMaterial key, Check check)
      throws IOException, GeneralSecurityException, CryptoException;

  /** What is to be verified. */
  record Check(
      SignatureAlgorithm algorithm, Bytes payload, Bytes signature, @Nullable Bytes context) {}

  /** A signature and nothing else. */
  static SignResult plain(byte[] signature) {
    return new SignResult(Bytes.owning(signature), null, null);
  }
}
