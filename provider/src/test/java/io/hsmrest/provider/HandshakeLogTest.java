package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.model.ServiceError;
import java.security.ProviderException;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the log says of failed handshakes, in a time of its own. */
class HandshakeLogTest {
  private final List<String> warnings = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private boolean inHandshake = true;
  private final HandshakeLog log =
      new HandshakeLog(() -> now, () -> inHandshake, text -> warnings.add(text));

  private static SignatureException because(HsmException cause) {
    return new SignatureException("with key 'k': " + cause.getMessage(), cause);
  }

  private static SignatureException refused(int status, int code) {
    return because(new HsmResponseException("sign", status, new ServiceError(code, "why", "what")));
  }

  private static SignatureException unanswered(int attempts) {
    return because(new HsmConnectionException("after " + attempts, attempts, true, null));
  }

  @Test
  void oneReasonIsToldOnceAMinuteWithTheNumberLeftOut() {
    for (int i = 1; i <= 5; i++) {
      log.failed("k", unanswered(i));
      now = now.plus(Duration.ofSeconds(1));
    }
    assertThat(warnings).containsExactly("a TLS handshake failed: with key 'k': after 1");
    now = now.plus(Duration.ofSeconds(54));
    log.failed("k", unanswered(6));
    assertThat(warnings).hasSize(1);
    now = now.plus(Duration.ofSeconds(1));
    log.failed("k", unanswered(7));
    assertThat(warnings)
        .hasSize(2)
        .last()
        .isEqualTo(
            "a TLS handshake failed: with key 'k': after 7 (and 5 times more since this was told"
                + " last)");
    now = now.plus(Duration.ofMinutes(1));
    log.failed("k", unanswered(8));
    assertThat(warnings).last().isEqualTo("a TLS handshake failed: with key 'k': after 8");
  }

  @Test
  void eachKeyAndEachReasonIsTold() {
    log.failed("k", refused(401, 0));
    log.failed("k", refused(401, 0));
    log.failed("k", refused(400, 701));
    log.failed("k", unanswered(1));
    log.failed("k", new SignatureException("the public key does not confirm it"));
    log.failed("k", new ProviderException("needs people's approval"));
    log.failed("other", refused(401, 0));
    assertThat(warnings).hasSize(6);
  }

  @Test
  void whoeverSignsForThemselvesIsToldByTheExceptionAlone() {
    inHandshake = false;
    log.failed("k", refused(401, 0));
    assertThat(warnings).isEmpty();
  }
}
