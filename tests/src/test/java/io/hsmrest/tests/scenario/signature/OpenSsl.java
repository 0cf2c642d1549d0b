package io.hsmrest.tests.scenario.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/** How OpenSSL is told of JCA's algorithms. */
final class OpenSsl {
  private OpenSsl() {}

  /** Options of {@code openssl pkeyutl -rawin}; empty where version 3.0 has no such algorithm. */
  static Optional<List<String>> options(String algorithm) {
    if (algorithm.equals("Ed25519") || algorithm.equals("EdDSA")) {
      return Optional.of(List.of());
    }
    if (algorithm.startsWith("NONE")
        || algorithm.endsWith("P1363Format")
        || algorithm.contains("-DSA")) {
      return Optional.empty();
    }
    if (algorithm.equals("RSASSA-PSS")) {
      return Optional.of(pss("sha256"));
    }
    String digest = algorithm.substring(0, algorithm.indexOf("with")).toLowerCase(Locale.ROOT);
    return Optional.of(algorithm.endsWith("andMGF1") ? pss(digest) : List.of("-digest", digest));
  }

  private static List<String> pss(String digest) {
    return List.of(
        "-digest",
        digest,
        "-pkeyopt",
        "rsa_padding_mode:pss",
        "-pkeyopt",
        "rsa_pss_saltlen:digest");
  }

  /** SEQUENCE of two INTEGERs. */
  static byte[] der(byte[] r, byte[] s) {
    try {
      return new DERSequence(
              new ASN1Integer[] {
                new ASN1Integer(new BigInteger(1, r)), new ASN1Integer(new BigInteger(1, s))
              })
          .getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
