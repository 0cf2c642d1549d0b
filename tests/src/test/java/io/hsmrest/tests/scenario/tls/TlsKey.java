package io.hsmrest.tests.scenario.tls;

import io.hsmrest.client.model.NewKey;
import java.util.function.Function;

/** Types of keys for TLS, and how the HSM makes them. */
enum TlsKey {
  RSA(label -> NewKey.rsa(label, 2048)),
  P256(label -> NewKey.ec(label, "1.2.840.10045.3.1.7")),
  P384(label -> NewKey.ec(label, "1.3.132.0.34")),
  P521(label -> NewKey.ec(label, "1.3.132.0.35")),
  ED25519(NewKey::ed25519),
  /** An RSA key whose certificate says RSASSA-PSS. */
  RSASSA_PSS(label -> NewKey.rsa(label, 2048));

  @SuppressWarnings("ImmutableEnumChecker") // a method reference or a lambda without state
  private final Function<String, NewKey> maker;

  TlsKey(Function<String, NewKey> maker) {
    this.maker = maker;
  }

  String label() {
    return "tls-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  NewKey newKey() {
    return maker.apply(label());
  }
}
