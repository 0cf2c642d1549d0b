package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureEncodingTest {
  private static final int P256 = 256;

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static byte[] of(int length, int first) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0x11);
    bytes[0] = (byte) first;
    return bytes;
  }

  /** r and s with and without high bit, with and without leading zero bytes. */
  @ParameterizedTest
  @CsvSource({"1, 1", "127, 255", "128, 127", "255, 128", "0, 255", "0, 0"})
  void fixedLengthAndDerAreTurnedIntoEachOther(int firstOfR, int firstOfS) {
    byte[] fixed = new byte[64];
    System.arraycopy(of(32, firstOfR), 0, fixed, 0, 32);
    System.arraycopy(of(32, firstOfS), 0, fixed, 32, 32);
    List<byte[]> readings = SignatureEncoding.ecdsa(fixed, P256);
    assertThat(readings).hasSize(1);
    byte[] der = readings.get(0);
    assertThat(SignatureEncoding.p1363(der, P256)).isEqualTo(fixed);
    assertThat(SignatureEncoding.ecdsa(der, P256)).containsExactly(der);
    assertThat(SignatureEncoding.strictPair(der)).isPresent();
  }

  @Test
  void derIsMinimal() {
    byte[] fixed = new byte[64];
    fixed[31] = 1;
    fixed[63] = (byte) 0x80;
    assertThat(SignatureEncoding.ecdsa(fixed, P256)).containsExactly(hex("3007 020101 02020080"));
  }

  @Test
  void aMissingZeroBeforeAHighBitIsPutBack() {
    assertThat(SignatureEncoding.ecdsa(hex("3006 020181 0201ff"), P256))
        .containsExactly(hex("3008 02020081 020200ff"));
  }

  /** As services write them that put a fixed number of bytes into each INTEGER. */
  @ParameterizedTest
  @CsvSource({
    "3008 02020001 02020002, 3006 020101 020102",
    "3008 0202ff80 02020080, 3009 020300ff80 02020080",
    "30060201000201ff, 3007 020100 020200ff"
  })
  void integersOfAFixedLengthAreReadAsNumbersWithoutASign(String answer, String der) {
    assertThat(SignatureEncoding.ecdsa(hex(answer), P256)).containsExactly(hex(der));
    assertThat(SignatureEncoding.strictPair(hex(answer))).isEmpty();
  }

  /** The halves begin with 00 before a low bit, and with FF before a high one. */
  @ParameterizedTest
  @CsvSource({"0, 17", "255, 145", "0, 145", "255, 17"})
  void ed25519IsReadInIntegersOfAFixedLength(int first, int second) {
    byte[] half = of(32, first);
    half[1] = (byte) second;
    byte[] signature = joined(half, half);
    byte[] answer = joined(joined(hex("3044 0220"), half), joined(hex("0220"), half));
    assertThat(SignatureEncoding.ed25519(answer)).containsExactly(signature);
  }

  @Test
  void derThatIsAsLongAsTheFixedFormIsReadInBothWays() {
    byte[] der =
        SignatureEncoding.der(
            new BigInteger[] {
              BigInteger.ONE.shiftLeft(8 * 29 - 2), BigInteger.ONE.shiftLeft(8 * 29 - 2)
            });
    assertThat(der).hasSize(64);
    assertThat(SignatureEncoding.ecdsa(der, P256)).hasSize(2).first().isEqualTo(der);
  }

  @Test
  void integersThatAreLargerThanTheOrderAreNoReading() {
    byte[] der =
        SignatureEncoding.der(new BigInteger[] {BigInteger.ONE.shiftLeft(256), BigInteger.ONE});
    assertThat(SignatureEncoding.ecdsa(der, P256)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "30",
        "3000",
        "3003020101",
        "3009 020101 020102 020103",
        "0500",
        "3006 020101 020102 00",
        "3006 0c0141 020102",
        "3006 020101 0c0141",
        "3005 020101 0200",
        "3006 020101 020202",
        "3007 020101 020102",
        "3080 020101 020102 0000",
        "3006 020101 02840000",
        "3082"
      })
  void whatIsNeitherIsNoReading(String hex) {
    byte[] answer = hex(hex);
    assertThat(SignatureEncoding.ecdsa(answer, P256))
        .allSatisfy(reading -> assertThat(SignatureEncoding.strictPair(reading)).isPresent());
    assertThat(SignatureEncoding.strictPair(answer)).isEmpty();
    assertThat(SignatureEncoding.ed25519(answer)).isEmpty();
  }

  @Test
  void ed25519IsReadInEachOfTheFormsThatServicesWrite() {
    byte[] signature = new byte[64];
    for (int i = 0; i < 64; i++) {
      signature[i] = (byte) (i == 32 ? 0 : 0xC0 + i);
    }
    byte[] r = Arrays.copyOf(signature, 32);
    byte[] s = Arrays.copyOfRange(signature, 32, 64);
    assertThat(SignatureEncoding.ed25519(signature)).containsExactly(signature);
    assertThat(SignatureEncoding.ed25519(joined(hex("0440"), signature)))
        .containsExactly(signature);
    assertThat(SignatureEncoding.ed25519(joined(hex("034100"), signature)))
        .containsExactly(signature);
    byte[] pair =
        SignatureEncoding.der(new BigInteger[] {new BigInteger(1, r), new BigInteger(1, s)});
    assertThat(SignatureEncoding.ed25519(pair)).containsExactly(signature);
  }

  @Test
  void anEd25519PairThatDoesNotFitIsNoReading() {
    byte[] pair =
        SignatureEncoding.der(new BigInteger[] {BigInteger.ONE.shiftLeft(256), BigInteger.TEN});
    assertThat(SignatureEncoding.ed25519(pair)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2048, 256, 1", "2048, 255, 0", "2048, 257, 0", "2041, 256, 1", "2048, 0, 0"})
  void rsaHasTheLengthOfTheModulus(int bits, int length, int readings) {
    assertThat(SignatureEncoding.rsa(new byte[length], bits)).hasSize(readings);
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }
}
