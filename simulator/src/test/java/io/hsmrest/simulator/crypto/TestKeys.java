package io.hsmrest.simulator.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** Keys that several tests use; each is generated once. */
final class TestKeys {
  static final SecureRandom RANDOM = new SecureRandom();
  static final String P256 = "1.2.840.10045.3.1.7";
  static final Signing SIGNING = new Signing(SignatureSettings.defaults(), RANDOM);
  static final Verification VERIFICATION = new Verification(SignatureSettings.defaults());

  private static final Map<KeySpec, KeyMaterial> KEYS = new ConcurrentHashMap<>();

  private TestKeys() {}

  static KeyMaterial key(KeySpec spec) {
    return KEYS.computeIfAbsent(spec, new KeyCreation(RANDOM)::create);
  }

  static KeyMaterial rsa() {
    return key(KeySpec.rsa(2048));
  }

  static KeyMaterial p256() {
    return key(KeySpec.ec(P256));
  }

  static KeyMaterial secp256k1() {
    return key(KeySpec.ec(Curves.SECP256K1));
  }

  static KeyMaterial ed() {
    return key(KeySpec.named("ED"));
  }

  /** A key that the algorithm works with. */
  static KeyMaterial fitting(SignatureAlgorithm algorithm) {
    return switch (algorithm.scheme().family()) {
      case RSA -> rsa();
      case EC -> algorithm.scheme() == Scheme.BIP340 ? secp256k1() : p256();
      case ED -> ed();
      case DSA -> key(KeySpec.sized("DSA", 2048));
      case ML_DSA -> key(KeySpec.named("ML-DSA-44"));
      case SLH_DSA -> key(KeySpec.named("SLH-DSA-SHA2-128f"));
      case LMS -> key(KeySpec.named("LMS"));
      case XMSS -> key(KeySpec.named("XMSS-SHA256_10_256"));
      default -> throw new IllegalArgumentException(algorithm.name());
    };
  }

  /** The EC key pair with that secret scalar. */
  static KeyMaterial ec(String curveOid, String scalarHex) throws Exception {
    ECNamedDomainParameters domain = Curves.requested(curveOid);
    ECPrivateKeyParameters key =
        new ECPrivateKeyParameters(BigIntegers.fromUnsignedByteArray(hex(scalarHex)), domain);
    ECPublicKeyParameters publicKey =
        new ECPublicKeyParameters(
            new FixedPointCombMultiplier().multiply(domain.getG(), key.getD()), domain);
    return KeyMaterial.pair(
        "EC",
        curveOid,
        null,
        KeyCodec.pkcs8(KeyFamily.EC, key),
        KeyCodec.spki(KeyFamily.EC, publicKey));
  }

  static Bytes sign(KeyMaterial key, String algorithm, Bytes payload) {
    return SIGNING.sign(key, SignInput.of(SignatureAlgorithm.of(algorithm), payload)).signature();
  }

  static boolean verify(KeyMaterial key, String algorithm, Bytes payload, Bytes signature) {
    return VERIFICATION.verify(key, SignatureAlgorithm.of(algorithm), payload, signature, null);
  }

  static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }
}
