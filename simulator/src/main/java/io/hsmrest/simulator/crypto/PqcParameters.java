package io.hsmrest.simulator.crypto;

import java.util.Map;
import org.bouncycastle.pqc.crypto.mldsa.MLDSAParameters;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMParameters;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSAParameters;
import org.jspecify.annotations.Nullable;

/** The post-quantum parameter sets under the service's names (contract 3.1). */
final class PqcParameters {
  private static final Map<String, MLDSAParameters> ML_DSA =
      Map.of(
          "ML-DSA-44", MLDSAParameters.ml_dsa_44,
          "ML-DSA-65", MLDSAParameters.ml_dsa_65,
          "ML-DSA-87", MLDSAParameters.ml_dsa_87);

  private static final Map<String, MLKEMParameters> ML_KEM =
      Map.of(
          "ML-KEM-512", MLKEMParameters.ml_kem_512,
          "ML-KEM-768", MLKEMParameters.ml_kem_768,
          "ML-KEM-1024", MLKEMParameters.ml_kem_1024);

  private static final Map<String, SLHDSAParameters> SLH_DSA =
      Map.ofEntries(
          Map.entry("SLH-DSA-SHA2-128s", SLHDSAParameters.sha2_128s),
          Map.entry("SLH-DSA-SHA2-128f", SLHDSAParameters.sha2_128f),
          Map.entry("SLH-DSA-SHA2-192s", SLHDSAParameters.sha2_192s),
          Map.entry("SLH-DSA-SHA2-192f", SLHDSAParameters.sha2_192f),
          Map.entry("SLH-DSA-SHA2-256s", SLHDSAParameters.sha2_256s),
          Map.entry("SLH-DSA-SHA2-256f", SLHDSAParameters.sha2_256f),
          Map.entry("SLH-DSA-SHAKE-128s", SLHDSAParameters.shake_128s),
          Map.entry("SLH-DSA-SHAKE-128f", SLHDSAParameters.shake_128f),
          Map.entry("SLH-DSA-SHAKE-192s", SLHDSAParameters.shake_192s),
          Map.entry("SLH-DSA-SHAKE-192f", SLHDSAParameters.shake_192f),
          Map.entry("SLH-DSA-SHAKE-256s", SLHDSAParameters.shake_256s),
          Map.entry("SLH-DSA-SHAKE-256f", SLHDSAParameters.shake_256f));

  private PqcParameters() {}

  static @Nullable MLDSAParameters mlDsa(String algorithm) {
    return ML_DSA.get(algorithm);
  }

  static @Nullable MLKEMParameters mlKem(String algorithm) {
    return ML_KEM.get(algorithm);
  }

  static @Nullable SLHDSAParameters slhDsa(String algorithm) {
    return SLH_DSA.get(algorithm);
  }
}
