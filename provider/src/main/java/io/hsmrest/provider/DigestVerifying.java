package io.hsmrest.provider;

import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies ECDSA on curves that the JDK cannot compute on. */
final class DigestVerifying implements SignatureMode {
  private final SignatureAlgorithm algorithm;
  private final ECPublicKey key;
  private MessageInput input;

  DigestVerifying(SignatureAlgorithm algorithm, ECPublicKey key) {
    this.algorithm = algorithm;
    this.key = key;
    this.input = newInput();
  }

  private MessageInput newInput() {
    Hash hash = algorithm.hash();
    return hash == null ? MessageInput.whole() : MessageInput.hashed(hash, false);
  }

  @Override
  public void update(byte[] bytes, int offset, int count) {
    input.update(bytes, offset, count);
  }

  @Override
  public boolean verify(byte[] signature) throws SignatureException {
    MessageInput done = input;
    input = newInput();
    @Nullable Hash hash = algorithm.hash();
    byte[] digest = hash == null ? done.messageOr("a digest is not that long") : done.digest();
    int orderBits = key.getParams().getOrder().bitLength();
    List<byte[]> readings = SignatureEncoding.ecdsa(signature, orderBits, false);
    // A P1363 name takes r and s of fixed length alone, any other name DER alone.
    boolean fixed = signature.length == 2 * ((orderBits + 7) / 8);
    return !readings.isEmpty()
        && fixed == algorithm.isP1363()
        && PublicKeyCheck.verifies(
            KeyFamily.ECDSA, hash, key, digest, readings.get(readings.size() - 1));
  }
}
