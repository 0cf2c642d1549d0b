package io.hsmrest.client;

import io.hsmrest.client.model.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one call's attempts: the token, and one API key of the role after the other while
 * the service refuses them (401, code 631). Used by one thread.
 */
final class Credentials {
  private final Authentication authentication;
  private final List<SecretSource> keys;
  private int key;
  private @Nullable Secret token;
  private boolean tokenReadAgain;

  Credentials(Authentication authentication, ApiKeyRole role) throws HsmConfigurationException {
    this.authentication = authentication;
    this.keys = authentication.keysOf(role);
    this.token = readToken();
  }

  Map<String, String> headers() throws HsmConfigurationException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    if (token != null) {
      headers.put("Authorization", "Bearer " + token.reveal());
    }
    if (key < keys.size()) {
      headers.put("X-API-KEY", keys.get(key).resolve(authentication.storePassword()).reveal());
    }
    return headers;
  }

  /** Whether there is something else to try after a refusal; a renewed token counts once. */
  boolean advance() throws HsmConfigurationException {
    if (key + 1 < keys.size()) {
      key++;
      return true;
    }
    if (tokenReadAgain) {
      return false;
    }
    tokenReadAgain = true;
    Secret renewed = readToken();
    boolean changed = renewed != null && !Objects.equals(renewed, token);
    token = renewed;
    return changed;
  }

  private @Nullable Secret readToken() throws HsmConfigurationException {
    SecretSource source = authentication.token();
    return source == null ? null : source.resolve(authentication.storePassword());
  }
}
