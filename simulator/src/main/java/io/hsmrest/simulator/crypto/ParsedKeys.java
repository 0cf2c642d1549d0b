package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * The key objects behind the encodings, parsed once. Two threads may parse the same key at the same
 * time at first, except for private keys, whose object can hold state.
 */
final class ParsedKeys {
  private final KeyFamily family;
  private final @Nullable Bytes pkcs8;
  private final @Nullable Bytes spki;

  private volatile @Nullable AsymmetricKeyParameter privateKey;
  private volatile @Nullable AsymmetricKeyParameter publicKey;
  private volatile @Nullable PrivateKey jdkPrivateKey;
  private volatile @Nullable PublicKey jdkPublicKey;

  ParsedKeys(KeyFamily family, @Nullable Bytes pkcs8, @Nullable Bytes spki) {
    this.family = family;
    this.pkcs8 = pkcs8;
    this.spki = spki;
  }

  AsymmetricKeyParameter privateKey() throws IOException {
    AsymmetricKeyParameter known = privateKey;
    return known == null ? parsePrivateKey() : known;
  }

  private synchronized AsymmetricKeyParameter parsePrivateKey() throws IOException {
    AsymmetricKeyParameter known = privateKey;
    if (known == null) {
      known = KeyCodec.privateKey(family, present(pkcs8).content());
      privateKey = known;
    }
    return known;
  }

  AsymmetricKeyParameter publicKey() throws IOException {
    AsymmetricKeyParameter known = publicKey;
    if (known == null) {
      known = KeyCodec.publicKey(family, present(spki).content());
      publicKey = known;
    }
    return known;
  }

  /** The JDK's RSA private key. */
  PrivateKey jdkPrivateKey() throws GeneralSecurityException {
    PrivateKey known = jdkPrivateKey;
    if (known == null) {
      known =
          KeyFactory.getInstance("RSA", Jdk.RSA_SIGN)
              .generatePrivate(new PKCS8EncodedKeySpec(present(pkcs8).toArray()));
      jdkPrivateKey = known;
    }
    return known;
  }

  /** The JDK's RSA public key. */
  PublicKey jdkPublicKey() throws GeneralSecurityException {
    PublicKey known = jdkPublicKey;
    if (known == null) {
      known =
          KeyFactory.getInstance("RSA", Jdk.RSA_SIGN)
              .generatePublic(new X509EncodedKeySpec(present(spki).toArray()));
      jdkPublicKey = known;
    }
    return known;
  }

  private static Bytes present(@Nullable Bytes encoding) {
    if (encoding == null) {
      throw ServiceRefusal.inHsm("The key has no such half.");
    }
    return encoding;
  }
}
