package io.hsmrest.simulator.crypto;

import static io.hsmrest.simulator.crypto.TestKeys.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that BIP-340 publishes, and the tweaks of BIP-341. */
class Bip340Test {
  private static final SignatureAlgorithm ALGORITHM =
      SignatureAlgorithm.of("NONE_WITH_EC_SCHNORR_BIP0340");
  private static final Bytes DIGEST = Bytes.of(new byte[32]);

  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000003,"
        + "F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9,"
        + "0000000000000000000000000000000000000000000000000000000000000000,"
        + "0000000000000000000000000000000000000000000000000000000000000000,"
        + "E907831F80848D1069A5371B402410364BDF1C5F8307B0084C55F1CE2DCA821525F66A4A85EA8B71E482A7"
        + "4F382D2CE5EBEEE8FDB2172F477DF4900D310536C0",
    "B7E151628AED2A6ABF7158809CF4F3C762E7160F38B4DA56A784D9045190CFEF,"
        + "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659,"
        + "0000000000000000000000000000000000000000000000000000000000000001,"
        + "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89,"
        + "6896BD60EEAE296DB48A229FF71DFE071BDE413E6D43F917DC8DCF8C78DE33418906D11AC976ABCCB20B09"
        + "1292BFF4EA897EFCB639EA871CFA95F6DE339E4B0A",
    "C90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B14E5C9,"
        + "DD308AFEC5777E13121FA72B9CC1B7CC0139715309B086C960E18FD969774EB8,"
        + "C87AA53824B4D7AE2EB035A2B5BBBCCC080E76CDC6D1692C4B0B62D798E6D906,"
        + "7E2D58D8B3BCDF1ABADEC7829054F90DDA9805AAB56C77333024B9D0A508B75C,"
        + "5831AAEED7B44BB74E5EAB94BA9D4294C49BCF2A60728D8B4C200F50DD313C1BAB745879A5AD954A72C45A"
        + "91C3A51D3C7ADEA98D82F8481E0E1E03674A6F3FB7",
    "0B432B2677937381AEF05BB02A66ECD012773062CF3FA2549E44F58ED2401710,"
        + "25D1DFF95105F5253C4022F628A996AD3A0D95FBF21D468A1B33F8C160D8F517,"
        + "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF,"
        + "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF,"
        + "7EB0509757E246F19449885651611CB965ECC1A187DD51B64FDA1EDC9637D5EC97582B9CB13DB3933705B3"
        + "2BA982AF5AF25FD78881EBB32771FC5922EFC66EA3"
  })
  void signaturesAreThoseOfTheBip(
      String secret, String publicX, String auxiliary, String message, String signature)
      throws Exception {
    KeyMaterial key = TestKeys.ec(Curves.SECP256K1, secret);
    Bytes payload = Bytes.of(hex(message));

    SignResult result =
        TestKeys.SIGNING.sign(
            key,
            new SignInput(ALGORITHM, payload, null, null, Bytes.of(hex(auxiliary)), null, null));

    assertThat(result.signature()).isEqualTo(Bytes.of(hex(signature)));
    assertThat(result.publicNonce()).isEqualTo(Bytes.of(hex(signature.substring(0, 64))));
    assertThat(verify(lifted(publicX), payload, result.signature())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "true,D69C3509BB99E412E68B0FE8544E72837DFA30746D8BE2AA65975F29D22DC7B9,"
        + "4DF3C3F68FCC83B27E9D42C90431A72499F17875C81A599B566C9889B9696703,"
        + "00000000000000000000003B78CE563F89A0ED9414F5AA28AD0D96D6795F9C6376AFB1548AF603B3EB45C9"
        + "F8207DEE1060CB71C04E80F593060B07D28308D7F4",
    "false,DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659,"
        + "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89,"
        + "FFF97BD5755EEEA420453A14355235D382F6472F8568A18B2F057A14602975563CC27944640AC607CD107A"
        + "E10923D9EF7A73C643E166BE5EBEAFA34B1AC553E2",
    "false,DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659,"
        + "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89,"
        + "1FA62E331EDBC21C394792D2AB1100A7B432B013DF3F6FF4F99FCB33E0E1515F28890B3EDB6E7189B63044"
        + "8B515CE4F8622A954CFE545735AAEA5134FCCDB2BD",
    "false,DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659,"
        + "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89,"
        + "6CFF5C3BA86C69EA4B7376F31A9BCB4F74C1976089B2D9963DA2E5543E177769961764B3AA9B2FFCB6EF94"
        + "7B6887A226E8D7C93E00C5ED0C1834FF0D0C2E6DA6",
    "false,DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659,"
        + "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89,"
        + "0000000000000000000000000000000000000000000000000000000000000000123DDA8328AF9C23A94C1F"
        + "EECFD123BA4FB73476F0D594DCB65C6425BD186051",
    "false,DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659,"
        + "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89,"
        + "4A298DACAE57395A15D0795DDBFD1DCB564DA82B0F269BC70A74F8220429BA1D69E89B4C5564D00349106B"
        + "8497785DD7D1D713A8AE82B32FA79D5F7FC407D39B",
    "false,DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659,"
        + "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89,"
        + "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F69E89B4C5564D00349106B"
        + "8497785DD7D1D713A8AE82B32FA79D5F7FC407D39B",
    "false,DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659,"
        + "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89,"
        + "6CFF5C3BA86C69EA4B7376F31A9BCB4F74C1976089B2D9963DA2E5543E177769FFFFFFFFFFFFFFFFFFFFFF"
        + "FFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141"
  })
  void verificationIsThatOfTheBip(boolean valid, String publicX, String message, String signature)
      throws Exception {
    assertThat(verify(lifted(publicX), Bytes.of(hex(message)), Bytes.of(hex(signature))))
        .isEqualTo(valid);
  }

  @Test
  void aMerkleRootTweaksTheKeyAsInBip341() throws Exception {
    KeyMaterial key = TestKeys.secp256k1();
    ECPrivateKeyParameters secret = (ECPrivateKeyParameters) key.parsed().privateKey();
    Secp256k1 curve = Secp256k1.of(secret.getParameters());
    BigInteger even = curve.withEvenPoint(secret.getD());
    byte[] root = new byte[32];
    byte[] tag = Hash.SHA256.of("TapTweak".getBytes(StandardCharsets.US_ASCII));
    byte[] tweak = Hash.SHA256.of(Arrays.concatenate(tag, tag, curve.x(curve.times(even)), root));
    byte[] outputX = curve.x(curve.times(even.add(new BigInteger(1, tweak)).mod(curve.order())));
    KeyMaterial output = lifted(hex(Bytes.of(outputX)));

    Bytes byRoot =
        TestKeys.SIGNING
            .sign(key, new SignInput(ALGORITHM, DIGEST, null, null, null, null, Bytes.of(root)))
            .signature();
    Bytes byTweak =
        TestKeys.SIGNING
            .sign(key, new SignInput(ALGORITHM, DIGEST, null, null, null, Bytes.of(tweak), null))
            .signature();

    assertThat(verify(output, DIGEST, byRoot)).isTrue();
    assertThat(verify(output, DIGEST, byTweak)).isTrue();
    assertThat(verify(key, DIGEST, byRoot)).isFalse();
  }

  @Test
  void tweakAndRootExcludeEachOther() {
    SignInput both = new SignInput(ALGORITHM, DIGEST, null, null, null, DIGEST, DIGEST);

    assertThatThrownBy(() -> TestKeys.SIGNING.sign(TestKeys.secp256k1(), both))
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(600));
  }

  @Test
  void anotherCurveIsRefused() {
    assertThatThrownBy(
            () -> TestKeys.SIGNING.sign(TestKeys.p256(), SignInput.of(ALGORITHM, DIGEST)))
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(607));
  }

  private static boolean verify(KeyMaterial key, Bytes payload, Bytes signature) {
    return TestKeys.VERIFICATION.verify(key, ALGORITHM, payload, signature, null);
  }

  /** The point with that x and an even y, as a lone public key. */
  private static KeyMaterial lifted(String publicX) throws Exception {
    byte[] compressed = Arrays.concatenate(new byte[] {2}, hex(publicX));
    var domain = Curves.requested(Curves.SECP256K1);
    ECPublicKeyParameters point =
        new ECPublicKeyParameters(domain.getCurve().decodePoint(compressed), domain);
    return KeyImport.publicKey(
        "EC",
        Bytes.of(
            new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, domain.getName()),
                    point.getQ().getEncoded(false))
                .getEncoded()));
  }
}
