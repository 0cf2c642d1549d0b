package io.hsmrest.simulator.crypto;

import java.security.Provider;
import java.security.Security;

/** The JDK's own providers, looked up once, so that no call walks the list of providers. */
final class Jdk {
  static final Provider SUN = provider("SUN");
  static final Provider RSA_SIGN = provider("SunRsaSign");
  static final Provider JCE = provider("SunJCE");

  private Jdk() {}

  private static Provider provider(String name) {
    Provider found = Security.getProvider(name);
    if (found == null) {
      throw new IllegalStateException("this Java has no provider " + name);
    }
    return found;
  }
}
