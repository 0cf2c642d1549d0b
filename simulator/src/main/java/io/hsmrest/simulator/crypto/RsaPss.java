package io.hsmrest.simulator.crypto;

import io.hsmrest.simulator.crypto.SignatureSettings.PssSalt;
import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;

/** RSASSA-PSS with MGF1 of the same hash. */
final class RsaPss implements SignatureScheme {
  private final PssSalt salt;
  private final SecureRandom random;

  RsaPss(PssSalt salt, SecureRandom random) {
    this.salt = salt;
    this.random = random;
  }

  @Override
  public SignResult sign(KeyMaterial key, SignInput input) throws IOException, CryptoException {
    RSAKeyParameters rsa = (RSAKeyParameters) key.parsed().privateKey();
    byte[] digest = digest(input.algorithm(), input.payload());
    PSSSigner signer = signer(hash(input.algorithm(), input.payload()), rsa);
    signer.init(true, new ParametersWithRandom(rsa, random));
    signer.update(digest, 0, digest.length);
    return SignatureScheme.plain(signer.generateSignature());
  }

  @Override
  public boolean verify(KeyMaterial key, Check check) throws IOException {
    RSAKeyParameters rsa = (RSAKeyParameters) key.parsed().publicKey();
    byte[] digest = digest(check.algorithm(), check.payload());
    PSSSigner signer = signer(hash(check.algorithm(), check.payload()), rsa);
    signer.init(false, rsa);
    signer.update(digest, 0, digest.length);
    return signer.verifySignature(check.signature().content());
  }

  private PSSSigner signer(Hash hash, RSAKeyParameters key) {
    int blockLength = (key.getModulus().bitLength() + 6) / 8;
    int saltLength =
        switch (salt) {
          case DIGEST_LENGTH -> hash.length();
          case MAXIMUM -> blockLength - hash.length() - 2;
          case TWENTY -> 20;
        };
    return PSSSigner.createRawSigner(
        new RSABlindedEngine(),
        hash.digest(),
        hash.digest(),
        saltLength,
        PSSSigner.TRAILER_IMPLICIT);
  }

  private static byte[] digest(SignatureAlgorithm algorithm, Bytes payload) {
    return algorithm.scheme() == Scheme.RSA_PSS
        ? algorithm.digest(payload)
        : RsaPkcs1.checked(hash(algorithm, payload), payload);
  }

  /** NONE_WITH_RSA_PSS names no hash (contract 3.5): the digest's length tells it. */
  private static Hash hash(SignatureAlgorithm algorithm, Bytes payload) {
    Hash named = algorithm.hash();
    Hash hash = named == null ? Hash.ofLength(payload.size()) : named;
    if (hash == null) {
      throw ServiceRefusal.inHsm("Error creating signature. The payload is no digest.");
    }
    return hash;
  }
}
