package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.AsymmetricCipherKeyPairGenerator;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.jspecify.annotations.Nullable;

/** Generates keys (contract 2.1.1, 3.1, 3.2). Thread-safe. */
public final class KeyCreation {
  static final String ED25519 = "1.3.101.112";

  private static final Set<Integer> DSA_SIZES = Set.of(1024, 2048, 3072);

  private final SecureRandom random;

  /** Draws from {@code random}. */
  public KeyCreation(SecureRandom random) {
    this.random = random;
  }

  /**
   * Generates one key.
   *
   * @throws ServiceRefusal 600 for an unknown algorithm or curve or when both names are missing,
   *     603 for a bad size, 607 for what this simulator cannot do (BLS, ISS)
   */
  public KeyMaterial create(KeySpec spec) {
    String name = name(spec);
    KeyFamily family = KeyFamily.byName(name);
    if (family == null) {
      throw ServiceRefusal.invalidInput("Unsupported algorithm: '" + name + "'");
    }
    try {
      return create(name, family, spec);
    } catch (IOException | GeneralSecurityException e) {
      throw new ServiceRefusal(Reason.IN_HSM, "Could not create key.", e);
    }
  }

  private static String name(KeySpec spec) {
    if (spec.algorithm() != null) {
      return spec.algorithm();
    }
    String oid = spec.algorithmOid();
    if (oid == null) {
      throw ServiceRefusal.invalidInput("Either 'algorithm' or 'algorithmOid' must be provided.");
    }
    String name = KeyFamily.nameOf(oid);
    if (name == null) {
      throw ServiceRefusal.invalidInput("Unsupported algorithm: '" + oid + "'");
    }
    return name;
  }

  private KeyMaterial create(String name, KeyFamily family, KeySpec spec)
      throws IOException, GeneralSecurityException {
    return switch (family) {
      case RSA -> rsa(size(spec));
      case DSA -> dsa(size(spec));
      case EC -> ec(spec.curveOid());
      case ED -> ed(spec.curveOid());
      case AES, CAMELLIA, CHACHA20, TDEA, HMAC -> SecretKeys.create(name, family, spec, random);
      case ML_DSA, SLH_DSA, ML_KEM, LMS, XMSS -> {
        KeyPairEncoding pair = PqcKeys.create(name, family, random);
        yield KeyMaterial.pair(name, null, null, pair.privateKey(), pair.publicKey());
      }
      case MISSING ->
          throw new ServiceRefusal(
              Reason.ALGORITHM_NOT_SUPPORTED_BY_KEY,
              "The algorithm '" + name + "' is not supported by this simulator.");
    };
  }

  private static int size(KeySpec spec) {
    Integer size = spec.keySize();
    if (size == null) {
      throw new ServiceRefusal(Reason.INPUT_KEYSIZE, "The key size is missing.");
    }
    return size;
  }

  static ServiceRefusal badSize(int bits) {
    return new ServiceRefusal(Reason.INPUT_KEYSIZE, "Invalid key size: " + bits);
  }

  private KeyMaterial rsa(int bits) throws GeneralSecurityException {
    if (bits < 1024 || bits > 8192 || bits % 1024 != 0) {
      throw badSize(bits);
    }
    return jdk("RSA", Jdk.RSA_SIGN, bits);
  }

  /** The JDK knows domain parameters of these sizes; finding new ones takes minutes. */
  private KeyMaterial dsa(int bits) throws GeneralSecurityException {
    if (!DSA_SIZES.contains(bits)) {
      throw badSize(bits);
    }
    return jdk("DSA", Jdk.SUN, bits);
  }

  private KeyMaterial jdk(String name, Provider provider, int bits)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(name, provider);
    generator.initialize(bits, random);
    KeyPair pair = generator.generateKeyPair();
    return KeyMaterial.pair(
        name,
        null,
        bits,
        Bytes.owning(pair.getPrivate().getEncoded()),
        Bytes.owning(pair.getPublic().getEncoded()));
  }

  private KeyMaterial ec(@Nullable String curveOid) throws IOException {
    String curve = Objects.requireNonNullElse(curveOid, "null");
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(Curves.requested(curve), random));
    KeyPairEncoding pair = encoded(KeyFamily.EC, generator);
    return KeyMaterial.pair("EC", curveOid, null, pair.privateKey(), pair.publicKey());
  }

  private KeyMaterial ed(@Nullable String curveOid) throws IOException {
    if (curveOid != null && !curveOid.equals(ED25519)) {
      throw ServiceRefusal.invalidInput("Unsupported Curve: '" + curveOid + "'");
    }
    Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
    generator.init(new Ed25519KeyGenerationParameters(random));
    KeyPairEncoding pair = encoded(KeyFamily.ED, generator);
    return KeyMaterial.pair("ED", null, null, pair.privateKey(), pair.publicKey());
  }

  private static KeyPairEncoding encoded(
      KeyFamily family, AsymmetricCipherKeyPairGenerator generator) throws IOException {
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    return new KeyPairEncoding(
        KeyCodec.pkcs8(family, pair.getPrivate()), KeyCodec.spki(family, pair.getPublic()));
  }
}
