package io.hsmrest.provider;

import io.hsmrest.keystore.HsmPrivateKey;
import java.security.Key;
import java.security.Provider;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Signature} for handles alone, so that verification and software keys stay with the JDK;
 * for names that it lacks, see {@link ForeignKeys}.
 */
final class SignatureService extends ProviderService {
  private final SignatureAlgorithm algorithm;

  SignatureService(Provider provider, SignatureAlgorithm algorithm) {
    super(
        provider,
        "Signature",
        algorithm.jcaName(),
        HsmSignatureSpi.class,
        algorithm.aliases(),
        Map.of("SupportedKeyClasses", HsmPrivateKey.class.getName()),
        parameter -> new HsmSignatureSpi(algorithm));
    this.algorithm = algorithm;
  }

  @Override
  public boolean supportsParameter(@Nullable Object key) {
    return super.supportsParameter(key)
        || key instanceof Key foreign && ForeignKeys.areTaken(algorithm, foreign);
  }
}
