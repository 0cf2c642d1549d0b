package io.hsmrest.tests.scenario.signature;

import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.provider.HsmRestProvider;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.util.Map;
import java.util.TreeMap;

/** A simulated HSM with one key of each type that signs. */
final class SigningKeys implements AutoCloseable {
  private static final Map<String, String> CURVES =
      Map.of(
          "secp224r1", "1.3.132.0.33",
          "secp256r1", "1.2.840.10045.3.1.7",
          "secp384r1", "1.3.132.0.34",
          "secp521r1", "1.3.132.0.35",
          "secp256k1", "1.3.132.0.10",
          "brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7",
          "brainpoolP384r1", "1.3.36.3.3.2.8.1.1.11",
          "brainpoolP512r1", "1.3.36.3.3.2.8.1.1.13");

  private final SimulatedHsm hsm;

  /** With settings in the form of {@code simulator.json}, and keys by their types as labels. */
  SigningKeys(String settings, String... types) {
    hsm = new SimulatedHsm(settings);
    for (String type : types) {
      hsm.create(newKey(type));
    }
  }

  static java.util.Set<String> curves() {
    return new TreeMap<>(CURVES).keySet();
  }

  private static NewKey newKey(String type) {
    if (type.equals("RSA")) {
      return NewKey.rsa(type, 2048);
    }
    if (type.equals("ED")) {
      return NewKey.ed25519(type);
    }
    String curve = CURVES.get(type);
    return curve == null
        ? new NewKey(type, type, null, null, KeyFlags.forSigning(), null, null)
        : NewKey.ec(type, curve);
  }

  SimulatedHsm hsm() {
    return hsm;
  }

  /** A provider that sees these keys. */
  Provider provider(String... settings) {
    return hsm.provider(settings);
  }

  static HsmPrivateKey handle(Provider provider, String label) {
    try {
      KeyStore keyStore = KeyStore.getInstance(HsmRestProvider.NAME, provider);
      keyStore.load(null, null);
      return (HsmPrivateKey) keyStore.getKey(label, null);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How many signatures the service was asked for so far. */
  long asked() {
    return hsm.simulator().requests().getOrDefault("POST /v1/synchronousSign", 0L);
  }

  @Override
  public void close() {
    hsm.close();
  }
}
