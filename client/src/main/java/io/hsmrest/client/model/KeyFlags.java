package io.hsmrest.client.model;

/**
 * The attributes of a private key that this project sets and reads (contract 2.1.1, 2.1.3).
 *
 * @param sign usable for signatures
 * @param decrypt usable for decryption
 * @param unwrap usable to unwrap other keys
 * @param extractable whether the private key may leave the HSM
 * @param modifiable whether attributes may be changed later
 * @param destroyable whether the key can be deleted at all; the service's own default is false
 */
public record KeyFlags(
    boolean sign,
    boolean decrypt,
    boolean unwrap,
    boolean extractable,
    boolean modifiable,
    boolean destroyable) {

  /** What a signing key gets: it signs, it can be deleted, it never leaves. */
  public static KeyFlags forSigning() {
    return new KeyFlags(true, false, false, false, true, true);
  }

  /** The same attributes with another {@code extractable}. */
  public KeyFlags withExtractable(boolean value) {
    return new KeyFlags(sign, decrypt, unwrap, value, modifiable, destroyable);
  }

  /** The same attributes with another {@code destroyable}. */
  public KeyFlags withDestroyable(boolean value) {
    return new KeyFlags(sign, decrypt, unwrap, extractable, modifiable, value);
  }
}
