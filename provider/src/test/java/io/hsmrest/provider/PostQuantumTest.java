package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.PqcParameterSet;
import io.hsmrest.keystore.PqcPublicKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostQuantumTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  /**
   * Of the small sets one of each hash family: to sign takes 2 and 3 seconds in software with these
   * two, and 16 more with the other four, which differ from them in lengths alone. For those {@link
   * #eachSetIsVerifiedAsItself} and {@link #publicKeysAreReadAndComparedByTheirEncoding} stand.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = ".*_(192|256)S")
  void allButTheSlowestSetsSignAndVerify(PqcParameterSet set) throws GeneralSecurityException {
    try (SoftService service = new SoftService()) {
      String label = service.add(set.parameterName());
      HsmRestProvider provider = service.provider();
      HsmPrivateKey handle = SoftService.handle(provider, label);
      assertThat(handle.toString()).contains(label).contains(set.parameterName());
      Signature signature = Signature.getInstance(set.parameterName(), provider);
      signature.initSign(handle);
      signature.update(MESSAGE);
      byte[] made = signature.sign();
      assertThat(made).hasSize(set.signatureLength());
      Signature verifier = Signature.getInstance(set.isMlDsa() ? "ML-DSA" : "SLH-DSA", provider);
      verifier.initVerify(handle.publicKey());
      verifier.update(MESSAGE);
      assertThat(verifier.verify(made)).isTrue();
      made[made.length / 2] ^= 1;
      verifier.update(MESSAGE);
      assertThat(verifier.verify(made)).isFalse();
    }
  }

  /** JDK 24 and later read the set from a method of this name and erasure. */
  @Test
  void theHandleTellsItsSetAsParameters() throws ReflectiveOperationException {
    try (SoftService service = new SoftService()) {
      String label = service.add("ML-DSA-65");
      HsmPrivateKey handle = SoftService.handle(service.provider(), label);
      var method = handle.getClass().getSuperclass().getMethod("getParams");
      method.setAccessible(true);
      assertThat(method.getReturnType()).isEqualTo(java.security.spec.AlgorithmParameterSpec.class);
      assertThat(((NamedParameterSpec) method.invoke(handle)).getName()).isEqualTo("ML-DSA-65");
      assertThat(handle.getEncoded()).isNull();
      assertThat(handle.getFormat()).isNull();
      assertThat(handle.getAlgorithm()).isEqualTo(handle.publicKey().getAlgorithm());
    }
  }

  @Test
  void aNamedRowTakesKeysOfItsSetAlone() throws GeneralSecurityException {
    try (SoftService service = new SoftService()) {
      String label = service.add("ML-DSA-44");
      HsmRestProvider provider = service.provider();
      HsmPrivateKey handle = SoftService.handle(provider, label);
      for (String name : new String[] {"ML-DSA-65", "SLH-DSA", "SLH-DSA-SHA2-128f"}) {
        Signature signature = Signature.getInstance(name, provider);
        assertThatThrownBy(() -> signature.initSign(handle))
            .isInstanceOf(InvalidKeyException.class)
            .hasMessageContaining(name)
            .hasMessageContaining("ML-DSA-44");
        assertThatThrownBy(() -> signature.initVerify(handle.publicKey()))
            .isInstanceOf(InvalidKeyException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachSetIsVerifiedAsItself(PqcParameterSet set) {
    String expected = set.parameterName().replace("SLH-DSA-", "").toLowerCase(Locale.ROOT);
    String checked = set.isMlDsa() ? PqcCheck.mlDsa(set).getName() : PqcCheck.slhDsa(set).getName();
    assertThat(checked.toLowerCase(Locale.ROOT).replace("_", "-"))
        .isEqualTo(expected.replace("_", "-"));
  }

  @ParameterizedTest
  @EnumSource
  void publicKeysAreReadAndComparedByTheirEncoding(PqcParameterSet set)
      throws GeneralSecurityException {
    byte[] spki = SoftKeys.pair(set.parameterName()).getPublic().getEncoded();
    PqcPublicKey key = PqcPublicKey.decode(spki);
    assertThat(key.parameterSet()).isEqualTo(set);
    assertThat(key.getAlgorithm()).isEqualTo(set.parameterName());
    assertThat(key.getEncoded()).isEqualTo(spki).isNotSameAs(spki);
    assertThat(key)
        .isEqualTo(PqcPublicKey.decode(spki.clone()))
        .hasSameHashCodeAs(PqcPublicKey.decode(spki.clone()));
    byte[] shorter = Arrays.copyOf(spki, spki.length - 1);
    assertThatThrownBy(() -> PqcPublicKey.decode(shorter))
        .isInstanceOf(InvalidKeySpecException.class);
  }

  /** As JDK 17 encodes what it finds in a certificate. */
  @Test
  void nullInPlaceOfAbsentParametersIsReadAsAbsent() throws GeneralSecurityException {
    byte[] spki = SoftKeys.pair("ML-DSA-44").getPublic().getEncoded();
    byte[] withNull = new byte[spki.length + 2];
    System.arraycopy(spki, 0, withNull, 0, 17);
    withNull[17] = 5;
    System.arraycopy(spki, 17, withNull, 19, spki.length - 17);
    withNull[3] += 2;
    withNull[5] += 2;
    assertThat(PqcPublicKey.decode(withNull).getEncoded()).isEqualTo(spki);
  }

  @Test
  void theFactoryReadsPublicKeysAndNothingElse() throws GeneralSecurityException {
    try (SoftService service = new SoftService()) {
      HsmRestProvider provider = service.provider();
      PublicKey key = SoftKeys.pair("SLH-DSA-SHA2-128f").getPublic();
      KeyFactory factory = KeyFactory.getInstance("2.16.840.1.101.3.4.3.21", provider);
      PublicKey read = factory.generatePublic(new X509EncodedKeySpec(key.getEncoded()));
      assertThat(read).isInstanceOf(PqcPublicKey.class);
      assertThat(factory.getKeySpec(read, X509EncodedKeySpec.class).getEncoded())
          .isEqualTo(key.getEncoded());
      assertThat(factory.translateKey(key)).isEqualTo(read);
      KeyFactory other = KeyFactory.getInstance("SLH-DSA-SHAKE-128f", provider);
      assertThatThrownBy(() -> other.generatePublic(new X509EncodedKeySpec(key.getEncoded())))
          .isInstanceOf(InvalidKeySpecException.class);
      assertThatThrownBy(
              () ->
                  factory.generatePrivate(
                      new java.security.spec.PKCS8EncodedKeySpec(new byte[] {0x30, 0})))
          .isInstanceOf(InvalidKeySpecException.class);
    }
  }
}
