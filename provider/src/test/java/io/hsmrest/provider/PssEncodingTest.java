package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PssEncodingTest {
  private static final RSAPublicKey KEY = (RSAPublicKey) SoftKeys.pair("RSA").getPublic();
  private static final byte[] MESSAGE = {1, 2, 3};

  private static byte[] digest(Hash hash) throws GeneralSecurityException {
    return MessageDigest.getInstance(hash.jdkName()).digest(MESSAGE);
  }

  private static byte[] signature(Hash hash, int salt) throws GeneralSecurityException {
    return SoftKeys.sign(SoftKeys.pair("RSA"), hash.serviceName() + "_WITH_RSA_PSS", MESSAGE, salt);
  }

  @ParameterizedTest
  @CsvSource({
    "SHA224, 28",
    "SHA256, 32",
    "SHA384, 48",
    "SHA512, 64",
    "SHA256, 0",
    "SHA256, 20",
    "SHA256, 222",
    "SHA512, 190"
  })
  void theSaltsLengthIsFound(Hash hash, int salt) throws GeneralSecurityException {
    assertThat(PssEncoding.saltLength(KEY, hash, digest(hash), signature(hash, salt)))
        .hasValue(salt);
  }

  /** One bit more or less changes how many bits of the first byte count. */
  @ParameterizedTest
  @CsvSource({"1024", "1025", "1026", "1031", "1032"})
  void anyLengthOfTheModulusWillDo(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    var pair = generator.generateKeyPair();
    byte[] signature = SoftKeys.sign(pair, "SHA256_WITH_RSA_PSS", MESSAGE, 32);
    assertThat(
            PssEncoding.saltLength(
                (RSAPublicKey) pair.getPublic(), Hash.SHA256, digest(Hash.SHA256), signature))
        .hasValue(32);
  }

  @Test
  void anotherDigestIsNotConfirmed() throws GeneralSecurityException {
    assertThat(PssEncoding.saltLength(KEY, Hash.SHA256, new byte[32], signature(Hash.SHA256, 32)))
        .isEmpty();
  }

  @Test
  void anotherHashIsNotConfirmed() throws GeneralSecurityException {
    assertThat(
            PssEncoding.saltLength(
                KEY, Hash.SHA384, digest(Hash.SHA384), signature(Hash.SHA256, 32)))
        .isEmpty();
  }

  @Test
  void noByteOfTheSignatureCanBeChanged() throws GeneralSecurityException {
    byte[] good = signature(Hash.SHA256, 32);
    for (int i = 0; i < good.length; i += 17) {
      byte[] bad = good.clone();
      bad[i] ^= 0x40;
      assertThat(PssEncoding.saltLength(KEY, Hash.SHA256, digest(Hash.SHA256), bad)).isEmpty();
    }
  }

  @Test
  void aSignatureThatIsNotBelowTheModulusIsRefused() throws GeneralSecurityException {
    byte[] modulus = KEY.getModulus().toByteArray();
    byte[] asLong = new byte[256];
    System.arraycopy(modulus, modulus.length - 256, asLong, 0, 256);
    assertThat(PssEncoding.saltLength(KEY, Hash.SHA256, digest(Hash.SHA256), asLong)).isEmpty();
    assertThat(PssEncoding.saltLength(KEY, Hash.SHA256, digest(Hash.SHA256), new byte[255]))
        .isEmpty();
  }

  /** The same number modulo n, which fits where the modulus does not fill its last byte. */
  @Test
  void aSignatureThatIsNotReducedIsRefused() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1025);
    var pair = generator.generateKeyPair();
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    byte[] good = SoftKeys.sign(pair, "SHA256_WITH_RSA_PSS", MESSAGE, 32);
    byte[] larger = new BigInteger(1, good).add(key.getModulus()).toByteArray();
    assertThat(larger).hasSameSizeAs(good);
    assertThat(PssEncoding.saltLength(key, Hash.SHA256, digest(Hash.SHA256), good)).hasValue(32);
    assertThat(PssEncoding.saltLength(key, Hash.SHA256, digest(Hash.SHA256), larger)).isEmpty();
  }
}
