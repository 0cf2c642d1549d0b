package io.hsmrest.simulator.crypto;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/** What is inside a wrapped key, and which wrap methods it may come with. */
final class WrappedContent {
  private WrappedContent() {}

  /** Whether the method is made for this kind of key; the methods without a kind take all. */
  static boolean fits(KeyMaterial key, WrapMethod method) {
    KeyFamily named = named(method);
    return named == null || named == key.family();
  }

  private static @Nullable KeyFamily named(WrapMethod method) {
    return switch (method) {
      case AES_WRAP_DSA, AES_WRAP_PAD_DSA -> KeyFamily.DSA;
      case AES_WRAP_EC, AES_WRAP_PAD_EC -> KeyFamily.EC;
      case AES_WRAP_ED, AES_WRAP_PAD_ED -> KeyFamily.ED;
      case AES_WRAP_RSA, AES_WRAP_PAD_RSA -> KeyFamily.RSA;
      case AES_WRAP_BLS, AES_WRAP_PAD_BLS -> KeyFamily.MISSING;
      default -> null;
    };
  }

  /** The key in {@code content}; a refusal when there is none. */
  static KeyMaterial read(byte[] content) {
    PrivateKeyInfo info = PrivateKeyDecoder.read(content);
    Bytes bytes = Bytes.owning(content);
    return info == null
        ? KeyImport.secretKey("AES", bytes)
        : KeyImport.keyPair(AlgorithmName.of(info.getPrivateKeyAlgorithm()), bytes, null, null);
  }
}
