package io.hsmrest.client;

import io.hsmrest.client.model.Secret;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the service knows us; the ways can be combined (contract 1.3).
 *
 * @param token bearer token, null for none
 * @param apiKeys by role, in the order in which they are tried; roles without one send no header
 * @param clientKeyStore PKCS#12 for mutual TLS, null for none
 * @param clientKeyStorePassword its password, null for none
 * @param storePassword what {@code storepass:} stands for, null when none was given
 */
public record Authentication(
    @Nullable SecretSource token,
    Map<ApiKeyRole, List<SecretSource>> apiKeys,
    @Nullable Path clientKeyStore,
    @Nullable SecretSource clientKeyStorePassword,
    @Nullable Secret storePassword) {

  /** Copies the map. */
  public Authentication {
    apiKeys = Map.copyOf(apiKeys);
  }

  static Authentication read(Settings settings, @Nullable Secret storePassword)
      throws HsmConfigurationException {
    Map<ApiKeyRole, List<SecretSource>> apiKeys = new EnumMap<>(ApiKeyRole.class);
    for (ApiKeyRole role : ApiKeyRole.values()) {
      apiKeys.put(role, settings.secrets(role.setting()));
    }
    return new Authentication(
        settings.secret("auth.token").orElse(null),
        apiKeys,
        settings.path("auth.clientKeyStore").orElse(null),
        settings.secret("auth.clientKeyStorePassword").orElse(null),
        storePassword);
  }

  /**
   * The keys to try for a role, in order; empty when it sends no header. Calls about certificates
   * try those of key management after their own.
   */
  public List<SecretSource> keysOf(ApiKeyRole role) {
    List<SecretSource> keys = apiKeys.getOrDefault(role, List.of());
    return role == ApiKeyRole.CERTIFICATE
        ? Stream.concat(keys.stream(), keysOf(ApiKeyRole.KEY_MANAGEMENT).stream()).toList()
        : keys;
  }
}
