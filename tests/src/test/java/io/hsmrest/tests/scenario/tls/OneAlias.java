package io.hsmrest.tests.scenario.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Takes one key out of many, as servers with a setting for the alias do. */
final class OneAlias extends X509ExtendedKeyManager {
  private final X509ExtendedKeyManager all;
  private final TlsKey key;

  OneAlias(X509ExtendedKeyManager all, TlsKey key) {
    this.all = all;
    this.key = key;
  }

  private @Nullable String alias(String @Nullable [] aliases) {
    if (aliases != null) {
      for (String alias : aliases) {
        if (alias.endsWith("." + key.label())) {
          return alias;
        }
      }
    }
    return null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return alias(all.getServerAliases(keyType, issuers));
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return alias(all.getServerAliases(keyType, issuers));
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return all.getClientAliases(keyType, issuers);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return all.getServerAliases(keyType, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return all.getCertificateChain(alias);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return all.getPrivateKey(alias);
  }
}
