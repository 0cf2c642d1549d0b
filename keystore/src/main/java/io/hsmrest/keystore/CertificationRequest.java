package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PKCS#10 certification request (RFC 2986), of the service's or anybody's making.
 *
 * @param der as it came
 * @param signed the part that the signature is over
 * @param subject the name, DER
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param extensions by object identifier, what is inside the OCTET STRING
 * @param signatureAlgorithm AlgorithmIdentifier, DER
 * @param signature of whatever form the algorithm has
 */
record CertificationRequest(
    Octets der,
    Octets signed,
    Octets subject,
    Octets publicKey,
    Map<String, Octets> extensions,
    Octets signatureAlgorithm,
    Octets signature) {
  private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
  private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";

  /** SunEC knows its key factory by name alone. */
  private static final String EC_KEY = "1.2.840.10045.2.1";

  private static final int ATTRIBUTES = 0xa0;

  /** Reads DER, or PEM with either of the two headers in use. */
  static CertificationRequest read(byte[] encoded) throws HsmException {
    try {
      boolean isDer = encoded.length > 0 && encoded[0] == DerElement.SEQUENCE;
      return of(
          isDer
              ? Octets.of(encoded)
              : PemText.decode(new String(encoded, StandardCharsets.US_ASCII)));
    } catch (DerException | IllegalArgumentException e) {
      throw new HsmException("the CSR is no PKCS#10 request in DER or PEM: " + e.getMessage(), e);
    }
  }

  private static CertificationRequest of(Octets der) throws DerException {
    List<DerElement> request = parts(DerElement.parse(der.toByteArray()), 3);
    List<DerElement> info = parts(request.get(0), 3);
    return new CertificationRequest(
        der,
        Octets.of(request.get(0).encoded()),
        Octets.of(info.get(1).encoded()),
        Octets.of(info.get(2).encoded()),
        info.size() > 3 ? extensions(info.get(3)) : Map.of(),
        Octets.of(request.get(1).encoded()),
        Octets.of(request.get(2).wholeBits()));
  }

  private static List<DerElement> parts(DerElement sequence, int atLeast) throws DerException {
    List<DerElement> parts = sequence.children(DerElement.SEQUENCE);
    if (parts.size() < atLeast) {
      throw new DerException(parts.size() + " parts where " + atLeast + " were expected");
    }
    return parts;
  }

  private static Map<String, Octets> extensions(DerElement attributes) throws DerException {
    Map<String, Octets> extensions = new LinkedHashMap<>();
    for (DerElement attribute : attributes.children(ATTRIBUTES)) {
      List<DerElement> typeAndValues = parts(attribute, 2);
      if (typeAndValues.get(0).oid().equals(EXTENSION_REQUEST)) {
        for (DerElement requested : typeAndValues.get(1).children(DerElement.SET)) {
          for (DerElement extension : requested.children(DerElement.SEQUENCE)) {
            List<DerElement> members = parts(extension, 2);
            extensions.put(
                members.get(0).oid(),
                Octets.of(
                    members.get(members.size() - 1).expect(DerElement.OCTET_STRING).content()));
          }
        }
      }
    }
    return Map.copyOf(extensions);
  }

  /** Whether the key inside is this one, whatever either calls its algorithm (RSASSA-PSS). */
  boolean carries(PublicKey key) {
    try {
      return Arrays.equals(keyBits(publicKey.toByteArray()), keyBits(key.getEncoded()));
    } catch (DerException e) {
      return false;
    }
  }

  private static byte[] keyBits(byte[] publicKeyInfo) throws DerException {
    return parts(DerElement.parse(publicKeyInfo), 2).get(1).wholeBits();
  }

  /** The object identifier of the signature's algorithm. */
  String signatureOid() throws DerException {
    return parts(DerElement.parse(signatureAlgorithm.toByteArray()), 1).get(0).oid();
  }

  /**
   * Whether the signature verifies with the key inside, which shows that whoever made the request
   * has the private key; empty where this Java does not know the algorithm.
   */
  Optional<Boolean> verifies() {
    try {
      String keyOid =
          parts(parts(DerElement.parse(publicKey.toByteArray()), 2).get(0), 1).get(0).oid();
      String keyAlgorithm = EC_KEY.equals(keyOid) ? "EC" : keyOid;
      Optional<Provider> keys = jdk("KeyFactory", keyAlgorithm);
      Optional<Provider> signatures = jdk("Signature", signatureOid());
      if (keys.isEmpty() || signatures.isEmpty()) {
        return Optional.empty();
      }
      PublicKey key =
          KeyFactory.getInstance(keyAlgorithm, keys.get())
              .generatePublic(new X509EncodedKeySpec(publicKey.toByteArray()));
      Signature engine = Signature.getInstance(signatureOid(), signatures.get());
      setParameters(engine);
      engine.initVerify(key);
      engine.update(signed.toByteArray());
      return Optional.of(engine.verify(signature.toByteArray()));
    } catch (SignatureException e) {
      return Optional.of(false);
    } catch (GeneralSecurityException | IOException e) {
      return Optional.empty();
    }
  }

  private void setParameters(Signature engine) throws GeneralSecurityException, IOException {
    if (!signatureOid().equals(RSASSA_PSS)) {
      return;
    }
    AlgorithmParameters parameters =
        AlgorithmParameters.getInstance("RSASSA-PSS", engine.getProvider());
    parameters.init(parts(DerElement.parse(signatureAlgorithm.toByteArray()), 2).get(1).encoded());
    engine.setParameter(parameters.getParameterSpec(PSSParameterSpec.class));
  }

  /** The JDK's provider of an engine, by object: a lookup by name may come back to ours. */
  private static Optional<Provider> jdk(String type, String algorithm) {
    for (String name : List.of("SunRsaSign", "SunEC", "SUN")) {
      Provider provider = Security.getProvider(name);
      if (provider != null && provider.getService(type, algorithm) != null) {
        return Optional.of(provider);
      }
    }
    return Optional.empty();
  }
}
