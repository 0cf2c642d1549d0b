package io.hsmrest.provider;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.PqcParameterSet;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.NamedParameterSpec;
import org.jspecify.annotations.Nullable;

/** Signature schemes that share a type of key, an encoding and the service's way of naming them. */
enum KeyFamily {
  RSA("RSA", "_WITH_RSA") {
    @Override
    boolean accepts(HsmPrivateKey key) {
      // A key whose certificate says RSASSA-PSS must not sign anything else (RFC 4055 1.2).
      return key instanceof RSAKey && key.getAlgorithm().equals("RSA");
    }

    @Override
    String forDigest(Hash hash) {
      return "NONE" + hash.serviceName() + "_WITH_RSA";
    }

    @Override
    String lackingDigests(Hash hash) {
      return "services before 2.1.1 do not know "
          + forDigest(hash)
          + " with keys that people approve";
    }
  },
  RSA_PSS("RSA", "_WITH_RSA_PSS") {
    @Override
    boolean accepts(HsmPrivateKey key) {
      return key instanceof RSAKey;
    }

    @Override
    String forDigest(Hash hash) {
      return "NONE" + hash.serviceName() + "_WITH_RSA_PSS";
    }

    @Override
    String lackingDigests(Hash hash) {
      return "services up to 2.2 do not know " + forDigest(hash);
    }
  },
  ECDSA("EC", "_WITH_ECDSA") {
    @Override
    boolean accepts(HsmPrivateKey key) {
      return key instanceof ECKey;
    }

    @Override
    String forDigest(Hash hash) {
      return "NONE_WITH_ECDSA";
    }
  },
  EDDSA("Ed25519", "EDDSA") {
    @Override
    boolean accepts(HsmPrivateKey key) {
      return key instanceof EdECKey ed
          && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
    }
  },
  ML_DSA("ML-DSA", "ML_DSA") {
    @Override
    boolean accepts(HsmPrivateKey key) {
      return PqcParameterSet.of(key.publicKey()).filter(PqcParameterSet::isMlDsa).isPresent();
    }
  },
  SLH_DSA("SLH-DSA", "SLH_DSA") {
    @Override
    boolean accepts(HsmPrivateKey key) {
      return PqcParameterSet.of(key.publicKey()).filter(set -> !set.isMlDsa()).isPresent();
    }
  };

  private final String keyName;
  private final String serviceName;

  KeyFamily(String keyName, String serviceName) {
    this.keyName = keyName;
    this.serviceName = serviceName;
  }

  /** What keys of this family are called, for messages. */
  String keyName() {
    return keyName;
  }

  /** Whether this key can sign so. */
  abstract boolean accepts(HsmPrivateKey key);

  boolean isPostQuantum() {
    return this == ML_DSA || this == SLH_DSA;
  }

  /** The service's algorithm that hashes the payload itself; {@code hash} is null where none is. */
  String forMessage(@Nullable Hash hash) {
    return hash == null ? serviceName : hash.serviceName() + serviceName;
  }

  /** The service's algorithm whose payload is a digest (contract 3.5). */
  String forDigest(Hash hash) {
    throw new IllegalStateException(keyName + " keys sign no digests");
  }

  /** Which services lack that form (contract 3.4), for messages; empty where all have it. */
  String lackingDigests(Hash hash) {
    return "";
  }
}
