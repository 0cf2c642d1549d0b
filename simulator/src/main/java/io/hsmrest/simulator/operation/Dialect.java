package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.config.Behaviour;
import io.hsmrest.simulator.config.Behaviour.CertificateSubject;
import io.hsmrest.simulator.config.ServiceVersion;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.crypto.SignatureType;
import io.hsmrest.simulator.crypto.WrapMethod;
import java.util.Optional;
import java.util.Set;

/** What the release of the service that is played understands (contract 7). */
public final class Dialect {
  private static final Set<String> PAYLOAD_TYPES =
      Set.of("UNSPECIFIED", "ISO_20022", "PDF", "BTC", "ETH");

  private final ServiceVersion version;
  private final Behaviour behaviour;

  Dialect(ServiceVersion version, Behaviour behaviour) {
    this.version = version;
    this.behaviour = behaviour;
  }

  /** Whether the release has what the contract calls newer than 2.2. */
  public boolean isNewerThan22() {
    return version.isNewerThan22();
  }

  /** A signature algorithm by its name, if the release knows it. */
  public Optional<SignatureAlgorithm> signatureAlgorithm(String name) {
    return SignatureAlgorithm.byName(name).filter(known -> isKnown(name));
  }

  /** A signature algorithm for certificates by its name, if the release knows it. */
  public Optional<SignatureAlgorithm> certificateAlgorithm(String name) {
    return SignatureAlgorithm.forCertificates(name)
        .filter(known -> isNewerThan22() || !name.equals("EDDSA"));
  }

  /** Whether the release knows a key algorithm of that name, if the service does at all. */
  public boolean knowsKeyAlgorithm(String name) {
    return isKnown(name.replace('-', '_'));
  }

  /** A wrap method by its name, if the release knows it. */
  public Optional<WrapMethod> wrapMethod(String name) {
    return WrapMethod.byName(name).filter(known -> isNewerThan22() || !name.startsWith("ML-KEM"));
  }

  private boolean isKnown(String name) {
    if (name.startsWith("XMSS")
        || name.equals("DOUBLE_SHA256_WITH_ECDSA")
        || name.startsWith("NONE") && name.endsWith("_WITH_RSA_PSS")) {
      return isNewerThan22();
    }
    if (name.contains("ML_DSA")
        || name.contains("SLH_DSA")
        || name.startsWith("ML_KEM")
        || name.endsWith("BIP0340")) {
      return version.atLeast(2, 2);
    }
    return !name.equals("LMS") || version.atLeast(2, 1);
  }

  /** A signature type by its name, if the release knows it. */
  Optional<SignatureType> signatureType(String name) {
    return switch (name) {
      case "DER" -> Optional.of(SignatureType.DER);
      case "ETH" -> Optional.of(SignatureType.ETH);
      case "RAW" -> Optional.of(SignatureType.RAW).filter(known -> isNewerThan22());
      default -> Optional.empty();
    };
  }

  /** A payload type by its name, if the release knows it. */
  Optional<String> payloadType(String name) {
    boolean known = PAYLOAD_TYPES.contains(name) || name.equals("HEX") && isNewerThan22();
    return known ? Optional.of(name) : Optional.empty();
  }

  /** Which subject fields self-signing and issuing take (U6). */
  CertificateSubject certificateSubject() {
    return isNewerThan22() ? behaviour.certificateSubject() : CertificateSubject.COMMON_NAME;
  }
}
