package io.hsmrest.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.config.AccessTokens;
import io.hsmrest.simulator.config.ApiKeys;
import io.hsmrest.simulator.config.Settings;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides who may call what, and on which partition (contract 1.3, 1.5). Thread-safe. */
public final class Access {
  private final Settings settings;
  private final @Nullable BearerTokens tokens;
  private final String partitionClaim;

  /** Access as the settings say. */
  public Access(Settings settings, Clock clock) {
    this.settings = settings;
    AccessTokens accessTokens = settings.accessTokens();
    this.tokens = accessTokens == null ? null : new BearerTokens(accessTokens, clock);
    this.partitionClaim = accessTokens == null ? "" : accessTokens.partitionClaim();
  }

  /**
   * Checks a call of a path below {@code /v1/}.
   *
   * @return the name of the partition it works on; null for approvers, who have tasks in any
   * @throws ServiceRefusal 406, 416, 617, 618, 631 (HTTP 401), 451 (HTTP 403)
   */
  public @Nullable String check(Request request) {
    String path = request.path();
    String partition = settings.partitions().get(0).name();
    if (PathRules.isForApprovers(path)) {
      partition = settings.partitions().size() == 1 ? partition : null;
    } else if (tokens != null) {
      partition = partition(tokens.claims(request.header("Authorization")));
    }
    Role role = PathRules.role(path, settings.behaviour().certificateRole());
    ApiKeys keys = settings.apiKeys();
    if (role != null && keys != null) {
      checkApiKey(role.accepted(keys), request.header("X-API-KEY"));
    }
    String licence = PathRules.licence(path);
    if (licence != null && !settings.licence().contains(licence)) {
      throw new ServiceRefusal(
          Reason.CLIENT_ENDPOINT_NOT_LICENSED,
          "The endpoint is not licensed: the client flag " + licence + " is missing.");
    }
    return partition;
  }

  private String partition(JsonNode claims) {
    if (settings.partitions().size() == 1) {
      return settings.partitions().get(0).name();
    }
    String name = claims.path(partitionClaim).asText();
    if (settings.partitions().stream().noneMatch(known -> known.name().equals(name))) {
      throw new ServiceRefusal(
          Reason.INSUFFICIENT_LOGIN_INFORMATION, "The access token names no known partition.");
    }
    return name;
  }

  private static void checkApiKey(List<String> accepted, @Nullable String given) {
    if (given == null || given.isEmpty()) {
      throw new ServiceRefusal(Reason.MISSING_API_KEY, "The header X-API-KEY is missing.");
    }
    byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
    if (accepted.stream()
        .noneMatch(key -> MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), bytes))) {
      throw new ServiceRefusal(Reason.INVALID_API_KEY, "The API key is invalid.");
    }
  }
}
