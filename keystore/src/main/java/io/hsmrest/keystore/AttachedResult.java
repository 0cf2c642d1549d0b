package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import org.jspecify.annotations.Nullable;

/**
 * The result of one request to self-sign: services answer with {@code true} or the certificate
 * (contract U12), and with {@code true} it is what the key carries by then. For one thread at a
 * time.
 */
final class AttachedResult {
  private final HsmClient client;
  private final String label;
  private @Nullable Octets before;
  private boolean fromKey;

  AttachedResult(HsmClient client, String label) {
    this.client = client;
    this.label = label;
  }

  /** What the key has before anything is asked for. */
  void remember() throws HsmException {
    before = client.readCertificate(label).orElse(null);
  }

  Octets read(@Nullable String result) throws HsmException {
    fromKey = true;
    if (result != null && result.length() > "false".length()) {
      fromKey = false;
      return PemText.decode(result);
    }
    return client
        .readCertificate(label)
        .orElseThrow(
            () ->
                new HsmProtocolException(
                    "the request to self-sign '"
                        + label
                        + "' is EXECUTED and the key has no certificate",
                    null));
  }

  /** What the key had before does not show whose request was executed since. */
  void refuseOld(Octets made) throws HsmException {
    if (isOld(made)) {
      throw new HsmProtocolException("the certificate that '" + label + "' had", null);
    }
  }

  /** What the key carries now shows who came last, not what this request has made. */
  boolean isUndecided(Octets made) {
    return fromKey && !isOld(made);
  }

  private boolean isOld(Octets made) {
    Octets old = before;
    return old != null && made.equals(old);
  }
}
