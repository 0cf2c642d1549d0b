package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The check that lets signatures of the service out is not deceived by what was made to deceive
 * verifiers. The form of the files is explained beside them.
 */
class WycheproofTest {
  private static final HexFormat HEX = HexFormat.of();

  private static List<String> lines(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    WycheproofTest.class.getResourceAsStream("/wycheproof/" + file + ".csv")),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa_signature_2048_sha224",
        "rsa_signature_2048_sha256",
        "rsa_signature_3072_sha512",
        "rsa_pss_2048_sha256_mgf1_32",
        "ecdsa_secp256r1_sha256",
        "ecdsa_secp384r1_sha384",
        "ecdsa_brainpoolP256r1_sha256",
        "ecdsa_secp256k1_sha256",
        "ed25519"
      })
  void onlyGoodAnswersPassTheCheck(String file) throws IOException, GeneralSecurityException {
    List<String> lines = lines(file);
    String name = lines.get(0).split(",", 2)[1];
    SignatureAlgorithm row =
        Arrays.stream(SignatureAlgorithm.values())
            .filter(each -> each.jcaName().equals(name))
            .findFirst()
            .orElseThrow();
    PublicKey key = null;
    List<String> good = new ArrayList<>();
    List<String> passed = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", 5);
      if (fields[0].equals("key")) {
        key = key(row, HEX.parseHex(fields[1]));
        continue;
      }
      // The JDK forgives a missing zero; what is handed out has been written again in DER.
      if (fields[1].equals("valid") || fields[4].contains("misses leading 0")) {
        good.add(fields[0]);
      }
      if (passes(
          row, Objects.requireNonNull(key), HEX.parseHex(fields[2]), HEX.parseHex(fields[3]))) {
        passed.add(fields[0]);
      }
    }
    assertThat(passed).isNotEmpty().isEqualTo(good);
  }

  private static PublicKey key(SignatureAlgorithm row, byte[] spki)
      throws GeneralSecurityException {
    String type =
        switch (row.family()) {
          case RSA, RSA_PSS -> "RSA";
          case ECDSA -> "EC";
          default -> row.jcaName();
        };
    return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(spki));
  }

  private static boolean passes(
      SignatureAlgorithm row, PublicKey key, byte[] message, byte[] answer) {
    Hash hash = row.hash();
    byte[] signed = hash == null ? message : JdkEngines.digest(hash).digest(message);
    // JDK 17 overlooks a zero behind an Ed25519 signature; the reading of the answer does not.
    List<byte[]> readings =
        row.family() == KeyFamily.EDDSA ? SignatureEncoding.ed25519(answer) : List.of(answer);
    return readings.stream()
        .anyMatch(each -> PublicKeyCheck.verifies(row.family(), hash, key, signed, each));
  }
}
