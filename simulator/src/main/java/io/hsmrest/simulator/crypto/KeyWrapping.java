package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.RuntimeCryptoException;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.Wrapper;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC3394WrapEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMExtractor;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMGenerator;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMPrivateKeyParameters;
import org.bouncycastle.util.Arrays;

/**
 * Wraps keys with keys (contract 2.5). Thread-safe.
 *
 * <p>The AES methods are RFC 3394 and, with {@code PAD}, RFC 5649. The format of the ML-KEM methods
 * is not published; here it is the encapsulation followed by an RFC 5649 wrapping with the shared
 * secret.
 */
public final class KeyWrapping {
  private static final String WRAP_FAILED = "Error wrapping key";
  private static final String UNWRAP_FAILED = "Error unwrapping key";

  private final SecureRandom random;
  private final RsaCipher rsa;

  /** Draws from {@code random}. */
  public KeyWrapping(SecureRandom random) {
    this.random = random;
    this.rsa = new RsaCipher(random);
  }

  /**
   * Wraps {@code key}: private keys as PKCS#8, secret keys raw.
   *
   * @param wrapKey AES for the AES methods; else a key pair or lone public key
   * @throws ServiceRefusal 607 when method and keys do not fit, 701 when wrapping fails
   */
  public Bytes wrap(KeyMaterial key, KeyMaterial wrapKey, WrapMethod method) {
    checkWrappingKey(wrapKey, method, WRAP_FAILED);
    Bytes secret = key.isSymmetric() ? key.secretKey() : key.privateKey();
    if (secret == null || !WrappedContent.fits(key, method)) {
      throw unfitting(WRAP_FAILED);
    }
    try {
      return Bytes.owning(wrap(secret.content(), wrapKey, method));
    } catch (ServiceRefusal e) {
      throw new ServiceRefusal(Reason.IN_HSM, WRAP_FAILED, e);
    } catch (IOException | CryptoException | RuntimeException e) {
      throw new ServiceRefusal(Reason.IN_HSM, WRAP_FAILED, e);
    }
  }

  private byte[] wrap(byte[] secret, KeyMaterial wrapKey, WrapMethod method)
      throws IOException, InvalidCipherTextException {
    return switch (wrapKey.family()) {
      case AES -> aes(true, wrapKey.secretBytes(), method, secret);
      case RSA -> rsa.encrypt(wrapKey, rsaPadding(method), secret);
      default -> {
        SecretWithEncapsulation shared =
            new MLKEMGenerator(random).generateEncapsulated(wrapKey.parsed().publicKey());
        yield Arrays.concatenate(
            shared.getEncapsulation(), aes(true, shared.getSecret(), method, secret));
      }
    };
  }

  /**
   * Unwraps. A PKCS#8 content becomes a key pair, anything else an AES key.
   *
   * @throws ServiceRefusal 607 when method and key do not fit, 701 {@code Error unwrapping key}
   *     when the content is damaged or of another kind than the method says
   */
  public KeyMaterial unwrap(Bytes wrappedKey, KeyMaterial unwrapKey, WrapMethod method) {
    checkWrappingKey(unwrapKey, method, UNWRAP_FAILED);
    try {
      KeyMaterial key = WrappedContent.read(unwrap(wrappedKey.content(), unwrapKey, method));
      if (!WrappedContent.fits(key, method)) {
        throw ServiceRefusal.inHsm(UNWRAP_FAILED);
      }
      return key;
    } catch (IOException | CryptoException | RuntimeException e) {
      throw new ServiceRefusal(Reason.IN_HSM, UNWRAP_FAILED, e);
    }
  }

  private byte[] unwrap(byte[] wrapped, KeyMaterial unwrapKey, WrapMethod method)
      throws IOException, InvalidCipherTextException {
    return switch (unwrapKey.family()) {
      case AES -> aes(false, unwrapKey.secretBytes(), method, wrapped);
      case RSA -> rsa.decrypt(unwrapKey, rsaPadding(method), wrapped);
      default -> {
        MLKEMExtractor extractor =
            new MLKEMExtractor((MLKEMPrivateKeyParameters) unwrapKey.parsed().privateKey());
        int split = extractor.getEncapsulationLength();
        if (wrapped.length <= split) {
          throw new RuntimeCryptoException("shorter than an encapsulation");
        }
        byte[] secret = extractor.extractSecret(Arrays.copyOf(wrapped, split));
        yield aes(false, secret, method, Arrays.copyOfRange(wrapped, split, wrapped.length));
      }
    };
  }

  private static byte[] aes(boolean wrap, byte[] key, WrapMethod method, byte[] input)
      throws InvalidCipherTextException {
    Wrapper engine =
        method.isPadded()
            ? new RFC5649WrapEngine(AESEngine.newInstance())
            : new RFC3394WrapEngine(AESEngine.newInstance());
    engine.init(wrap, new KeyParameter(key));
    return wrap ? engine.wrap(input, 0, input.length) : engine.unwrap(input, 0, input.length);
  }

  private static CipherAlgorithm rsaPadding(WrapMethod method) {
    return method == WrapMethod.RSA_WRAP_OAEP
        ? CipherAlgorithm.RSA_PADDING_OAEP
        : CipherAlgorithm.RSA_PADDING_PKCS;
  }

  private static void checkWrappingKey(KeyMaterial key, WrapMethod method, String failure) {
    boolean fits =
        switch (method) {
          case RSA_WRAP_PAD, RSA_WRAP_OAEP -> key.family() == KeyFamily.RSA;
          case ML_KEM_512, ML_KEM_768, ML_KEM_1024 -> key.name().equals(method.wireName());
          default -> key.family() == KeyFamily.AES;
        };
    if (!fits) {
      throw unfitting(failure);
    }
  }

  private static ServiceRefusal unfitting(String failure) {
    return new ServiceRefusal(Reason.ALGORITHM_NOT_SUPPORTED_BY_KEY, failure);
  }
}
