package io.hsmrest.client.rest;

import io.hsmrest.client.ApiKeyRole;
import io.hsmrest.client.Authentication;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.SecretSource;
import io.hsmrest.client.model.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one call's attempts: the token, and one API key of the role after the other while
 * the service refuses them. Used by one thread.
 */
final class Credentials {
  private final Authentication authentication;
  private final ApiKeyRole role;
  private final List<SecretSource> keys;
  private final AtomicInteger lastAccepted;
  private int key;
  private int tried = 1;
  private @Nullable Secret token;
  private boolean tokenReadAgain;
  private final List<String> sent = new ArrayList<>();

  /**
   * Begins with the key that was accepted last.
   *
   * @param lastAccepted the role's key that was accepted last, shared by all calls
   */
  Credentials(Authentication authentication, ApiKeyRole role, AtomicInteger lastAccepted)
      throws HsmConfigurationException {
    this.authentication = authentication;
    this.role = role;
    this.keys = authentication.keysOf(role);
    this.lastAccepted = lastAccepted;
    this.key = lastAccepted.get();
    this.token = readToken();
  }

  Map<String, String> headers() throws HsmConfigurationException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    sent.clear();
    if (token != null) {
      headers.put("Authorization", "Bearer " + headerText("auth.token", token));
    }
    if (!keys.isEmpty()) {
      Secret apiKey = keys.get(key).resolve(authentication.storePassword());
      headers.put("X-API-KEY", headerText(role.setting(), apiKey));
    }
    return headers;
  }

  /** A line break in a secret would begin another header. */
  private String headerText(String setting, Secret secret) throws HsmConfigurationException {
    String text = secret.reveal();
    if (!text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new HsmConfigurationException(
          setting
              + ": the secret holds blanks, line breaks or other characters no header can hold");
    }
    sent.add(text);
    return text;
  }

  /** What services and gateways sometimes repeat in their refusals, made unreadable. */
  String redact(String text) {
    String redacted = text;
    for (String secret : sent) {
      redacted = redacted.replace(secret, "(secret)");
    }
    return redacted;
  }

  /** The service did not mind the credentials; the next call begins with the same. */
  void accepted() {
    lastAccepted.set(key);
  }

  /**
   * Whether there is something else to try after a refusal (contract 1.3): the next API key, or the
   * token when it reads differently now, which is looked at once.
   *
   * @param status HTTP status
   * @param code the service's error code, 0 for none
   */
  boolean advance(int status, int code) throws HsmConfigurationException {
    boolean forKey = code == 631 || code == 416;
    boolean forToken = code == 406 || code == 617 || code == 618;
    if (!forKey && !forToken && status != 401) {
      return false;
    }
    return !forKey && renewToken() || !forToken && nextKey();
  }

  private boolean renewToken() throws HsmConfigurationException {
    if (tokenReadAgain) {
      return false;
    }
    tokenReadAgain = true;
    Secret renewed = readToken();
    boolean changed = renewed != null && !Objects.equals(renewed, token);
    token = renewed;
    return changed;
  }

  private boolean nextKey() {
    if (tried >= keys.size()) {
      return false;
    }
    tried++;
    key = (key + 1) % keys.size();
    return true;
  }

  private @Nullable Secret readToken() throws HsmConfigurationException {
    SecretSource source = authentication.token();
    try {
      return source == null ? null : source.resolve(authentication.storePassword());
    } catch (HsmConfigurationException e) {
      if (role == ApiKeyRole.APPROVER) {
        // Approvers prove who they are by their keys and need none (contract 2.6).
        return null;
      }
      throw e;
    }
  }
}
