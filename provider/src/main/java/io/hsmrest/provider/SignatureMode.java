package io.hsmrest.provider;

import java.security.SignatureException;

/** What a {@code Signature} object does between two initialisations. Used by one thread. */
interface SignatureMode {
  void update(byte[] bytes, int offset, int count) throws SignatureException;

  /**
   * Refuses room in which a signature may not fit, before anything is done for it; what was handed
   * in is forgotten then.
   *
   * @param length of the room in bytes
   */
  default void checkRoom(int length) throws SignatureException {}

  /** The signature over what was handed in since the last one, in the encoding of the JCA name. */
  default byte[] sign() throws SignatureException {
    throw new SignatureException("this Signature object was initialised for verification");
  }

  /** Whether {@code signature} is one over what was handed in since the last one. */
  default boolean verify(byte[] signature) throws SignatureException {
    throw new SignatureException("this Signature object was initialised for signing");
  }
}
