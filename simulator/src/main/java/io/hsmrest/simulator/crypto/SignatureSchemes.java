package io.hsmrest.simulator.crypto;

import java.security.SecureRandom;

/** The implementation of each {@link Scheme}. */
final class SignatureSchemes {
  private final SignatureScheme rsa = new RsaPkcs1();
  private final SignatureScheme pss;
  private final SignatureScheme dsa;
  private final SignatureScheme bip340;
  private final SignatureScheme ed = new Ed25519();
  private final SignatureScheme mlDsa;
  private final SignatureScheme slhDsa;
  private final SignatureScheme stateful = new StatefulHashes();

  SignatureSchemes(SignatureSettings settings, SecureRandom random) {
    pss = new RsaPss(settings.pssSalt(), random);
    dsa = new DsaFamily(random);
    bip340 = new Bip340(random);
    mlDsa = new MlDsa(random);
    slhDsa = new SlhDsa(random);
  }

  SignatureScheme of(Scheme scheme) {
    return switch (scheme) {
      case RSA, RSA_DIGEST, RSA_PLAIN -> rsa;
      case RSA_PSS, RSA_PSS_DIGEST -> pss;
      case ECDSA, ECDSA_DETERMINISTIC, DSA -> dsa;
      case BIP340 -> bip340;
      case EDDSA -> ed;
      case ML_DSA, ML_DSA_MU -> mlDsa;
      case SLH_DSA -> slhDsa;
      case LMS, XMSS -> stateful;
      case MISSING -> throw Signing.unfitting();
    };
  }
}
