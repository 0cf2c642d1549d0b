package io.hsmrest.keystore.der;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerElementTest {

  private static DerElement hex(String hex) throws DerException {
    return DerElement.parse(HexFormat.of().parseHex(hex));
  }

  private static DerElement of(ASN1Encodable value) throws Exception {
    return DerElement.parse(value.toASN1Primitive().getEncoded("DER"));
  }

  @Test
  void tagContentAndEncodingAreTold() throws Exception {
    DerElement element = hex("0403010203");
    assertThat(element.tag()).isEqualTo(DerElement.OCTET_STRING);
    assertThat(element.content()).containsExactly(1, 2, 3);
    assertThat(element.encoded()).containsExactly(4, 3, 1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536})
  void lengthsOfEveryFormAreRead(int length) throws Exception {
    byte[] content = new byte[length];
    assertThat(of(new DEROctetString(content)).content()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.113549.1.1.11",
        "2.5.4.3",
        "0.9.2342.19200300.100.1.25",
        "1.3.101.112",
        "2.999.3",
        "2.16.840.1.101.3.4.2.1",
        "1.39",
        "2.0",
        "1.3.6.1.4.1.99999999999999999999.1"
      })
  void objectIdentifiersAreWrittenWithDots(String oid) throws Exception {
    assertThat(of(new ASN1ObjectIdentifier(oid)).oid()).isEqualTo(oid);
  }

  static List<ASN1Encodable> strings() {
    return List.of(
        new DERUTF8String("Zürich"), new DERT61String("Zürich"), new DERBMPString("Zürich"));
  }

  @ParameterizedTest
  @MethodSource("strings")
  void stringsOfEveryTypeAreRead(ASN1Encodable string) throws Exception {
    assertThat(of(string).text()).isEqualTo("Zürich");
  }

  @Test
  void asciiStringsAreRead() throws Exception {
    assertThat(of(new DERPrintableString("CH")).text()).isEqualTo("CH");
    assertThat(of(new DERIA5String("a@b")).text()).isEqualTo("a@b");
  }

  @Test
  void bitStringsWithUnusedBitsAreNotTakenForBytes() throws Exception {
    assertThat(of(new DERBitString(new byte[] {1, 2})).wholeBits()).containsExactly(1, 2);
    DerElement five = of(new DERBitString(new byte[] {8}, 3));
    assertThatThrownBy(five::wholeBits).isInstanceOf(DerException.class);
  }

  @Test
  void childrenComeInOrder() throws Exception {
    DerElement sequence =
        of(new DERSequence(new ASN1Encodable[] {new DERUTF8String("a"), new DERUTF8String("b")}));
    assertThat(sequence.children(DerElement.SEQUENCE)).hasSize(2);
    assertThat(sequence.children().get(1).text()).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3001",
        "308001",
        "3084000000010000",
        "1f0100",
        "040201",
        "04020102ff",
        "0483ffffff",
        "3003020500"
      })
  void whatIsNoDerIsRefused(String hex) {
    assertThatThrownBy(() -> hex(hex).children(DerElement.SEQUENCE))
        .isInstanceOf(DerException.class);
  }

  @Test
  void randomBytesEndInAnElementOrInTheOneException() {
    Random random = new Random(7);
    int parsed = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && random.nextBoolean()) {
        bytes[0] = 0x30;
        bytes[1] = (byte) (bytes.length - 2);
      }
      try {
        walk(DerElement.parse(bytes));
        parsed++;
      } catch (DerException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(parsed).isPositive();
  }

  private static void walk(DerElement element) throws DerException {
    for (DerElement child : element.children()) {
      if (child.tag() == DerElement.OBJECT_IDENTIFIER) {
        child.oid();
      } else if (child.tag() == DerElement.SEQUENCE) {
        walk(child);
      }
    }
  }
}
