package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;

/** Makes signatures (contract 2.2.1, 3.4 to 3.7). Thread-safe. */
public final class Signing {

  /** The largest payload the HSM takes, in bytes (contract 5.4). */
  public static final int MAXIMUM_PAYLOAD = 64 * 1024;

  private static final String FAILED = "Error creating signature";

  private final SignatureSettings settings;
  private final SignatureSchemes schemes;

  /** Behaves as {@code settings} say and draws from {@code random}. */
  public Signing(SignatureSettings settings, SecureRandom random) {
    this.settings = settings;
    this.schemes = new SignatureSchemes(settings, random);
  }

  /**
   * Signs.
   *
   * @throws ServiceRefusal 613 for a secret key, 607 for an algorithm that does not fit the key,
   *     635 for an encoding the signature cannot have, 701 for everything else
   */
  public SignResult sign(KeyMaterial key, SignInput input) {
    if (key.isSymmetric()) {
      throw notAsymmetric();
    }
    if (!input.algorithm().fits(key)) {
      throw unfitting();
    }
    if (input.payload().size() > MAXIMUM_PAYLOAD) {
      throw ServiceRefusal.inHsm(FAILED + ". The payload is larger than 64 KB.");
    }
    SignResult result = plain(key, input);
    try {
      byte[] signature = encoded(key, input, result.signature().content());
      return new SignResult(Bytes.owning(signature), result.publicNonce(), result.successor());
    } catch (IOException e) {
      throw new ServiceRefusal(Reason.IN_HSM, FAILED, e);
    }
  }

  /**
   * A signature as X.509 wants it, whatever the settings say about encodings, and of any length:
   * the service sends a digest of a certificate to the HSM.
   */
  Bytes plainSignature(KeyMaterial key, SignInput input) {
    return plain(key, input).signature();
  }

  private SignResult plain(KeyMaterial key, SignInput input) {
    try {
      return schemes.of(input.algorithm().scheme()).sign(key, input);
    } catch (ServiceRefusal e) {
      throw e;
    } catch (IOException | GeneralSecurityException | CryptoException | RuntimeException e) {
      throw new ServiceRefusal(Reason.IN_HSM, FAILED, e);
    }
  }

  private byte[] encoded(KeyMaterial key, SignInput input, byte[] signature) throws IOException {
    SignatureType type = input.type() == null ? SignatureType.DER : input.type();
    if (input.algorithm().scheme() == Scheme.EDDSA) {
      return encodedEd(type, signature);
    }
    if (type == SignatureType.DER) {
      return signature;
    }
    SignaturePair pair = pair(input.algorithm().scheme(), signature);
    if (type == SignatureType.ETH) {
      return EthereumSignature.of(pair, key, input);
    }
    return pair.toRaw(DsaFamily.order(key));
  }

  private byte[] encodedEd(SignatureType type, byte[] raw) throws IOException {
    return switch (type) {
      case DER -> EdSignature.write(raw, settings.edEncoding());
      case RAW -> {
        if (settings.edRawRefused()
            && settings.edEncoding() != SignatureSettings.EdEncoding.SEQUENCE) {
          throw notAPair();
        }
        yield raw;
      }
      case ETH -> throw unfitting();
    };
  }

  private static SignaturePair pair(Scheme scheme, byte[] signature) {
    SignaturePair pair =
        switch (scheme) {
          case ECDSA, ECDSA_DETERMINISTIC, DSA -> SignaturePair.ofDer(signature);
          default -> null;
        };
    if (pair == null) {
      throw notAPair();
    }
    return pair;
  }

  private static ServiceRefusal notAPair() {
    return new ServiceRefusal(
        Reason.ENCODING_EXCEPTION, "The signature is not a DER encoded pair of numbers.");
  }

  static ServiceRefusal unfitting() {
    return new ServiceRefusal(Reason.ALGORITHM_NOT_SUPPORTED_BY_KEY, FAILED);
  }

  static ServiceRefusal notAsymmetric() {
    return new ServiceRefusal(
        Reason.INVALID_KEY_TYPE,
        "Private key can not be loaded as the referenced key is not an asymmetric key.");
  }
}
