package io.hsmrest.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.config.AccessTokens;
import io.hsmrest.simulator.config.SettingsException;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Checks bearer tokens, JWT with a signature (RFC 7519, 7515, 8037). Thread-safe. */
final class BearerTokens {
  private static final Map<String, String> SCHEMES =
      Map.of(
          "RS256", "SHA256withRSA",
          "RS384", "SHA384withRSA",
          "RS512", "SHA512withRSA",
          "PS256", "RSASSA-PSS",
          "ES256", "SHA256withECDSAinP1363Format",
          "ES384", "SHA384withECDSAinP1363Format",
          "EdDSA", "Ed25519");
  private static final int REMEMBERED = 1000;

  private final PublicKey key;
  private final Clock clock;

  /** Tokens whose signature has been found good, with their claims. */
  private final Map<String, JsonNode> checked = new ConcurrentHashMap<>();

  BearerTokens(AccessTokens settings, Clock clock) {
    this.key = readKey(settings.publicKey());
    this.clock = clock;
  }

  /**
   * The claims of the token in an {@code Authorization} header.
   *
   * @throws ServiceRefusal 406 if there is none, 617 if it is not valid
   */
  JsonNode claims(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw new ServiceRefusal(Reason.MISSING_ACCESS_TOKEN, "The access token is missing.");
    }
    String token = authorization.substring(7).trim();
    JsonNode claims = checked.get(token);
    if (claims == null) {
      claims = verified(token);
      if (checked.size() < REMEMBERED) {
        checked.put(token, claims);
      }
    }
    Instant now = clock.instant();
    if (!claims.path("exp").isNumber()
        || !now.isBefore(Instant.ofEpochSecond(claims.path("exp").asLong()))
        || now.isBefore(Instant.ofEpochSecond(claims.path("nbf").asLong(0)))) {
      throw invalid("The access token has expired or is not yet valid.");
    }
    return claims;
  }

  private JsonNode verified(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw invalid("The access token is not a signed JWT.");
    }
    try {
      JsonNode header = Json.read(Base64.getUrlDecoder().decode(parts[0]));
      String scheme = SCHEMES.get(header.path("alg").asText());
      if (scheme == null) {
        throw invalid("The signature algorithm of the access token is not accepted.");
      }
      Signature signature = Signature.getInstance(scheme);
      if (scheme.equals("RSASSA-PSS")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
        throw invalid("The signature of the access token is wrong.");
      }
      return Json.read(Base64.getUrlDecoder().decode(parts[1]));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw invalid("The access token cannot be read.");
    }
  }

  private static ServiceRefusal invalid(String message) {
    return new ServiceRefusal(Reason.INVALID_ACCESS_TOKEN, message);
  }

  private static PublicKey readKey(String base64) {
    GeneralSecurityException last = null;
    for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
      try {
        return KeyFactory.getInstance(algorithm)
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
      } catch (GeneralSecurityException e) {
        last = e;
      } catch (IllegalArgumentException e) {
        throw new SettingsException("accessTokens.publicKey is not base64", e);
      }
    }
    throw new SettingsException("accessTokens.publicKey is no RSA, EC or Ed25519 key", last);
  }
}
