package io.hsmrest.provider;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Software keys under the service's names, and its algorithms as the contract describes them (3.4,
 * 3.5). Bouncy Castle does the work, so that nothing here is shared with what is tested. Keys are
 * generated once per JVM.
 */
final class SoftKeys {
  private static final Provider BC = new BouncyCastleProvider();
  private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

  /** DigestInfo up to the digest (RFC 8017 9.2 note 1). */
  private static final Map<String, String> DIGEST_INFO =
      Map.of(
          "224", "302d300d06096086480165030402040500041c",
          "256", "3031300d060960864801650304020105000420",
          "384", "3041300d060960864801650304020205000430",
          "512", "3051300d060960864801650304020305000440");

  private SoftKeys() {}

  /**
   * The pair of a type such as {@code RSA}, {@code EC:secp256r1}, {@code ED}, {@code ML-DSA-44}.
   */
  static KeyPair pair(String type) {
    return PAIRS.computeIfAbsent(type, SoftKeys::another);
  }

  /** A pair of its own. */
  static KeyPair another(String type) {
    try {
      KeyPairGenerator generator;
      if (type.equals("RSA")) {
        generator = KeyPairGenerator.getInstance("RSA", BC);
        generator.initialize(2048);
      } else if (type.startsWith("EC:")) {
        generator = KeyPairGenerator.getInstance("EC", BC);
        generator.initialize(new ECGenParameterSpec(type.substring(3)));
      } else {
        generator = KeyPairGenerator.getInstance(type.equals("ED") ? "Ed25519" : type, BC);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(type, e);
    }
  }

  /**
   * What the service answers to a request for a signature.
   *
   * @param pssSalt length of the salt in bytes, negative for as long as the digest
   */
  static byte[] sign(KeyPair pair, String serviceAlgorithm, byte[] payload, int pssSalt)
      throws GeneralSecurityException {
    byte[] input = payload;
    Signature engine;
    if (serviceAlgorithm.endsWith("_WITH_RSA_PSS")) {
      String bits = serviceAlgorithm.replaceAll("\\D", "");
      engine =
          Signature.getInstance(
              serviceAlgorithm.startsWith("NONE") ? "NONEWITHRSASSA-PSS" : "RSASSA-PSS", BC);
      int salt = pssSalt < 0 ? Integer.parseInt(bits) / 8 : pssSalt;
      engine.setParameter(
          new PSSParameterSpec(
              "SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), salt, 1));
    } else if (serviceAlgorithm.matches("NONESHA\\d+_WITH_RSA")) {
      engine = Signature.getInstance("NONEwithRSA", BC);
      input = digestInfo(serviceAlgorithm.replaceAll("\\D", ""), payload);
    } else {
      engine = Signature.getInstance(jcaName(serviceAlgorithm), BC);
    }
    engine.initSign(pair.getPrivate());
    engine.update(input);
    return engine.sign();
  }

  private static byte[] digestInfo(String bits, byte[] digest) {
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    info.writeBytes(HexFormat.of().parseHex(DIGEST_INFO.get(bits)));
    info.writeBytes(digest);
    return info.toByteArray();
  }

  private static String jcaName(String serviceAlgorithm) {
    return switch (serviceAlgorithm) {
      case "EDDSA" -> "Ed25519";
      case "ML_DSA" -> "ML-DSA";
      case "SLH_DSA" -> "SLH-DSA";
      default ->
          serviceAlgorithm.replace("_WITH_", "with").replaceAll("^SHA3(\\d\\d\\d)", "SHA3-$1");
    };
  }

  /** The curve's OID as the service writes it, empty for other keys. */
  static String curveOid(String type) {
    return type.startsWith("EC:") ? Curve.ofName(type.substring(3)).orElseThrow().oid() : "";
  }
}
