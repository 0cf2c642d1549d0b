package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** ECDSA on a curve that the JDK cannot compute on, so that our own verification is asked. */
class WycheproofTest {
  private static final byte[] MESSAGE = HexFormat.of().parseHex("313233343030");
  private static final byte[] KEY =
      HexFormat.of()
          .parseHex(
              "3056301006072a8648ce3d020106052b8104000a03420004"
                  + "b838ff44e5bc177bf21189d0766082fc9d843226887fc9760371100b7ee20a6f"
                  + "f0c9d75bfba7b31a6bca1974496eeb56de357071955d83c4b1badaa0b21832e9");

  @ParameterizedTest
  @CsvFileSource(resources = "/wycheproof/ecdsa_secp256k1_sha256.csv")
  void secp256k1(int id, String result, @Nullable String signature)
      throws GeneralSecurityException {
    PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(KEY));
    Signature verifier = Signature.getInstance("SHA256withECDSA", new HsmRestProvider());
    verifier.initVerify(key);
    verifier.update(MESSAGE);
    assertThat(verifies(verifier, HexFormat.of().parseHex(signature == null ? "" : signature)))
        .as("tcId %d", id)
        .isEqualTo(result.equals("valid"));
  }

  private static boolean verifies(Signature verifier, byte[] signature) {
    try {
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    }
  }
}
