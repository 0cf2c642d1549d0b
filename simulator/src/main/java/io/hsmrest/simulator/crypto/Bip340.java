package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** Schnorr signatures on secp256k1 (BIP-340), with the key tweak of BIP-341 where asked for. */
final class Bip340 implements SignatureScheme {
  private static final int LENGTH = 32;

  private final SecureRandom random;

  Bip340(SecureRandom random) {
    this.random = random;
  }

  @Override
  public SignResult sign(KeyMaterial key, SignInput input) throws IOException {
    ECPrivateKeyParameters privateKey = (ECPrivateKeyParameters) key.parsed().privateKey();
    Secp256k1 curve = Secp256k1.of(privateKey.getParameters());
    byte[] message = thirtyTwo(input.payload());
    BigInteger secret = curve.withEvenPoint(privateKey.getD());
    byte[] tweak = tweak(curve, secret, input);
    if (tweak != null) {
      BigInteger tweaked = secret.add(new BigInteger(1, tweak)).mod(curve.order());
      if (tweaked.signum() == 0) {
        throw ServiceRefusal.inHsm("Error creating signature");
      }
      secret = curve.withEvenPoint(tweaked);
    }
    byte[] signature = sign(curve, secret, message, auxiliary(input.auxiliaryRandomData()));
    return new SignResult(
        Bytes.owning(signature), Bytes.owning(Arrays.copyOf(signature, LENGTH)), null);
  }

  private static byte[] sign(Secp256k1 curve, BigInteger secret, byte[] message, byte[] auxiliary) {
    byte[] publicX = curve.x(curve.times(secret));
    byte[] masked =
        xor(BigIntegers.asUnsignedByteArray(LENGTH, secret), tagged("BIP0340/aux", auxiliary));
    BigInteger drawn =
        new BigInteger(1, tagged("BIP0340/nonce", masked, publicX, message)).mod(curve.order());
    if (drawn.signum() == 0) {
      throw ServiceRefusal.inHsm("Error creating signature");
    }
    BigInteger nonce = curve.withEvenPoint(drawn);
    byte[] nonceX = curve.x(curve.times(nonce));
    BigInteger challenge = challenge(curve, nonceX, publicX, message);
    BigInteger s = nonce.add(challenge.multiply(secret)).mod(curve.order());
    return Arrays.concatenate(nonceX, BigIntegers.asUnsignedByteArray(LENGTH, s));
  }

  @Override
  public boolean verify(KeyMaterial key, Check check) throws IOException {
    ECPublicKeyParameters publicKey = (ECPublicKeyParameters) key.parsed().publicKey();
    Secp256k1 curve = Secp256k1.of(publicKey.getParameters());
    byte[] signature = check.signature().content();
    if (signature.length != 2 * LENGTH || check.payload().size() != LENGTH) {
      return false;
    }
    byte[] r = Arrays.copyOf(signature, LENGTH);
    BigInteger s = BigIntegers.fromUnsignedByteArray(signature, LENGTH, LENGTH);
    if (s.compareTo(curve.order()) >= 0) {
      return false;
    }
    ECPoint point = publicKey.getQ().normalize();
    ECPoint even = curve.isEven(point) ? point : point.negate();
    BigInteger challenge = challenge(curve, r, curve.x(even), check.payload().content());
    ECPoint nonce =
        ECAlgorithms.sumOfTwoMultiplies(
                curve.generator(), s, even, curve.order().subtract(challenge))
            .normalize();
    return !nonce.isInfinity()
        && curve.isEven(nonce)
        && Arrays.constantTimeAreEqual(curve.x(nonce), r);
  }

  private static byte @Nullable [] tweak(Secp256k1 curve, BigInteger secret, SignInput input) {
    Bytes given = input.taprootTweakData();
    Bytes root = input.merkleRootData();
    if (given != null && root != null) {
      throw ServiceRefusal.invalidInput(
          "'taprootTweakData' must be empty when 'merkleRootData' has a value.");
    }
    if (given != null) {
      return thirtyTwo(given);
    }
    return root == null ? null : tagged("TapTweak", curve.x(curve.times(secret)), thirtyTwo(root));
  }

  private byte[] auxiliary(@Nullable Bytes given) {
    if (given != null) {
      return thirtyTwo(given);
    }
    byte[] fresh = new byte[LENGTH];
    random.nextBytes(fresh);
    return fresh;
  }

  private static byte[] thirtyTwo(Bytes bytes) {
    if (bytes.size() != LENGTH) {
      throw ServiceRefusal.inHsm("Error creating signature. BIP-340 takes 32 bytes.");
    }
    return bytes.content();
  }

  private static BigInteger challenge(
      Secp256k1 curve, byte[] nonceX, byte[] publicX, byte[] message) {
    return new BigInteger(1, tagged("BIP0340/challenge", nonceX, publicX, message))
        .mod(curve.order());
  }

  private static byte[] tagged(String tag, byte[]... parts) {
    byte[] tagHash = Hash.SHA256.of(tag.getBytes(StandardCharsets.US_ASCII));
    return Hash.SHA256.of(Arrays.concatenate(tagHash, tagHash, Arrays.concatenate(parts)));
  }

  private static byte[] xor(byte[] left, byte[] right) {
    byte[] out = new byte[left.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (left[i] ^ right[i]);
    }
    return out;
  }
}
