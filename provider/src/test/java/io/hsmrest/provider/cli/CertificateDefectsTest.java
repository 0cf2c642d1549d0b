package io.hsmrest.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others can read in a certificate is shown, or the certificate is not approved. */
class CertificateDefectsTest {
  private static final String REQUESTED = "1.2.840.113549.1.9.14";
  private static final String REQUESTED_TOO = "1.3.6.1.4.1.311.2.1.14";

  private static ASN1Encodable extension(String oid, String hex) {
    return sequence(
        new ASN1ObjectIdentifier(oid), new DEROctetString(HexFormat.of().parseHex(hex)));
  }

  private static DERSequence sequence(ASN1Encodable... elements) {
    return new DERSequence(elements);
  }

  private static ASN1Encodable names(String name) throws Exception {
    return sequence(
        new ASN1ObjectIdentifier("2.5.29.17"),
        new DEROctetString(new GeneralNames(new GeneralName(GeneralName.dNSName, name))));
  }

  private static ASN1Encodable[] parts() {
    return ASN1Sequence.getInstance(Certificates.toBeSigned("CN=x").toByteArray()).toArray();
  }

  private static Octets certificate(ASN1Encodable... extensions) throws Exception {
    ASN1Encodable[] parts = parts();
    parts[7] = new DERTaggedObject(true, 3, sequence(extensions));
    return Octets.of(sequence(parts).getEncoded());
  }

  private static Octets request(ASN1Encodable... attributes) throws Exception {
    ASN1Encodable[] parts =
        ASN1Sequence.getInstance(
                Certificates.request("CN=x")
                    .toASN1Structure()
                    .getCertificationRequestInfo()
                    .getEncoded())
            .toArray();
    parts[3] = new DERTaggedObject(false, 0, new DERSet(attributes));
    return Octets.of(sequence(parts).getEncoded());
  }

  private static ASN1Encodable attribute(String type, ASN1Encodable... values) {
    return sequence(new ASN1ObjectIdentifier(type), new DERSet(values));
  }

  private static TaskCheck.Result check(Octets payload) throws Exception {
    TaskRequest request =
        new TaskRequest(TaskKind.SIGN, "ca", "SHA256_WITH_RSA", payload, Map.of());
    return ReadTask.of(
            ToBeSigned.task("t", ToBeSigned.of(1, "ca", payload), request, null),
            ToBeSigned.octets("a key"),
            null)
        .check();
  }

  private static String shown(Octets payload) {
    Facts facts = new Facts(Integer.MAX_VALUE);
    PayloadText.add(facts, payload, false);
    return String.join("\n", facts.lines());
  }

  @ParameterizedTest
  @CsvSource({
    // A CA below which there may be 2^160 others, which OpenSSL takes for any number.
    "2.5.29.19, 301a0101ff0215010000000000000000000000000000000000000000, CA",
    "2.5.29.19, 30060101ff020180, CA",
    "2.5.29.19, 30040101ff0500, CA",
    "2.5.29.19, 3003020101ff, CA",
    "2.5.29.19, 31030101ff, CA",
    // DNS:evil.example.com, and an address of three bytes, which the JDK takes for no names.
    "2.5.29.17, 301782106576696c2e6578616d706c652e636f6d8703010203, alternative names",
    "2.5.29.17, 3003890178, alternative names",
    "2.5.29.17, 300482026120, alternative names",
    "2.5.29.17, 3002a000, alternative names",
    "2.5.29.15, 0400, key usage",
    "2.5.29.15, 03020906, key usage",
    "2.5.29.37, 30020500, extended key usage"
  })
  void anExtensionThatCannotBeReadIsNotSigned(String oid, String value, String name)
      throws Exception {
    assertThat(check(certificate(extension(oid, value))).refusals())
        .containsExactly(
            "in the certificate that is to be signed: its extension "
                + oid
                + " ("
                + name
                + ") cannot be read");
  }

  @Test
  void anExtensionThatIsThereTwiceIsNotSigned() throws Exception {
    assertThat(check(certificate(names("a.example"), names("b.example"))).refusals())
        .singleElement()
        .asString()
        .endsWith("2.5.29.17 (alternative names) is there twice");
    ASN1Encodable[] parts = Arrays.copyOf(parts(), 9);
    parts[8] = parts[7];
    assertThat(check(Octets.of(sequence(parts).getEncoded())).refusals())
        .contains("in the certificate that is to be signed: something in it cannot be read");
  }

  @Test
  void aRequestAsksForOneListOfExtensions() throws Exception {
    ASN1Encodable first = sequence(names("a.example"));
    ASN1Encodable second = sequence(extension("2.5.29.19", "30030101ff"));
    assertThat(check(request(attribute(REQUESTED, first))).refusals()).isEmpty();
    for (Octets twice :
        new Octets[] {
          request(attribute(REQUESTED, first), attribute(REQUESTED, second)),
          request(attribute(REQUESTED, first), attribute(REQUESTED_TOO, second))
        }) {
      assertThat(check(twice).refusals())
          .containsExactly(
              "in the certification request that is to be signed: it has two lists of extensions");
      assertThat(shown(twice)).contains("DNS:a.example").contains("CA             yes");
    }
    assertThat(check(request(attribute(REQUESTED, first, second))).refusals())
        .containsExactly(
            "in the certification request that is to be signed: it does not ask for one list of"
                + " extensions");
  }

  @Test
  void everyOtherExtensionIsTold() throws Exception {
    Octets certificate =
        certificate(
            extension("2.5.29.14", "040101"),
            sequence(
                new ASN1ObjectIdentifier("1.2.3.4"),
                org.bouncycastle.asn1.ASN1Boolean.TRUE,
                new DEROctetString(new byte[] {5, 0})),
            extension("2.5.29.19", "3000"),
            extension("2.5.29.15", "03020106"));
    assertThat(shown(certificate))
        .contains("extension      2.5.29.14 (subject key identifier), 3 bytes")
        .contains("extension      1.2.3.4, critical, 2 bytes")
        .contains("CA             no")
        .contains("key usage      KEY_CERT_SIGN, CRL_SIGN");
    assertThat(check(certificate).refusals()).isEmpty();
    assertThat(shown(request(attribute("1.2.3.5", new DERSet()))))
        .contains("attribute      1.2.3.5");
  }

  @Test
  void namesOfAllKindsAreTold() throws Exception {
    assertThat(
            shown(
                certificate(
                    extension(
                        "2.5.29.17",
                        "303f"
                            + "8203612c62"
                            + "810161"
                            + "860161"
                            + "8704c0000201"
                            + "88032a0304"
                            + "a00506032a0304"
                            + "a40e300c310a300806035504030c0178"
                            + "871020010db8000000000000000000000001"))))
        .contains(
            "DNS:\"a,b\", e-mail:a, URI:a, IP:192.0.2.1, id:1.2.3.4, other:1.2.3.4, 5 bytes,"
                + " directory:\"CN=x\", IP:2001:db8:0:0:0:0:0:1");
  }

  @Test
  void partsThatCannotBeReadAreNotSigned() throws Exception {
    for (int part : new int[] {3, 4, 5}) {
      ASN1Encodable[] parts = parts();
      parts[part] = sequence(new DEROctetString(new byte[1]));
      assertThat(check(Octets.of(sequence(parts).getEncoded())).refusals())
          .as("part %d", part)
          .singleElement()
          .asString()
          .matches(
              "in the certificate that is to be signed: its (issuer|validity|subject) cannot.*");
    }
  }

  /** Readers that are less strict find a certificate in it. */
  @ParameterizedTest
  @CsvSource({"3080, 0000", "3f10820200, ''", "308400000200, ''"})
  void whatOnlyOthersCanReadIsADoubt(String beginning, String end) throws Exception {
    byte[] content = Certificates.toBeSigned("CN=x").toByteArray();
    String hex = HexFormat.of().formatHex(content, 4, content.length);
    Octets payload = Octets.of(HexFormat.of().parseHex(beginning + hex + end));
    assertThat(check(payload).doubts())
        .containsExactly(
            "what is signed begins like a certificate, and is written in an unusual way");
  }

  @Test
  void aDigestIsNone() throws Exception {
    byte[] digest = new byte[64];
    digest[0] = 0x30;
    digest[1] = (byte) 0x80;
    assertThat(check(Octets.of(digest)).doubts()).isEmpty();
    assertThat(check(ToBeSigned.octets("0" + "x".repeat(100))).doubts()).isEmpty();
  }
}
