package io.hsmrest.client.rest;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.RequestSignerSettings;
import io.hsmrest.client.SecretSource;
import io.hsmrest.client.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Signs requests that people approve: the metadata, and the inner request object as it is sent,
 * compact and in UTF-8 (contract 1.6). RSA PKCS#1 v1.5 or ECDSA (DER), with SHA-256. Thread-safe.
 */
final class RequestSigner {
  private final PrivateKey key;
  private final PublicKey publicKey;
  private final Provider provider;
  private final String algorithm;

  private RequestSigner(PrivateKey key, PublicKey publicKey) throws HsmConfigurationException {
    this.key = key;
    this.publicKey = publicKey;
    boolean rsa = key.getAlgorithm().equals("RSA");
    if (!rsa && !key.getAlgorithm().equals("EC")) {
      throw new HsmConfigurationException(
          "requestSigner.keyStore: the key is of type "
              + key.getAlgorithm()
              + ", and RSA and EC keys sign requests");
    }
    this.algorithm = rsa ? "SHA256withRSA" : "SHA256withECDSA";
    this.provider = TlsContext.jdk(rsa ? "SunRsaSign" : "SunEC");
  }

  static RequestSigner open(RequestSignerSettings settings) throws HsmConfigurationException {
    SecretSource source = settings.password();
    Secret secret = source == null ? null : source.resolve(settings.storePassword());
    char[] password = secret == null ? new char[0] : secret.toCharArray();
    try (InputStream in = new ByteArrayInputStream(content(settings))) {
      KeyStore store = KeyStore.getInstance("PKCS12", TlsContext.jdk("SUN"));
      store.load(in, password);
      String alias = alias(settings, store);
      if (!(store.getKey(alias, password) instanceof PrivateKey key)
          || store.getCertificate(alias) == null) {
        throw new HsmConfigurationException(
            "requestSigner.alias: "
                + settings.keyStore()
                + " holds no private key '"
                + alias
                + "' with a certificate");
      }
      return new RequestSigner(key, store.getCertificate(alias).getPublicKey());
    } catch (IOException | GeneralSecurityException e) {
      throw new HsmConfigurationException(
          "requestSigner.keyStore: "
              + settings.keyStore()
              + " cannot be read as PKCS#12; is requestSigner.password right?",
          e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static byte[] content(RequestSignerSettings settings) throws HsmConfigurationException {
    try {
      return Files.readAllBytes(settings.keyStore());
    } catch (IOException e) {
      throw new HsmConfigurationException(
          "requestSigner.keyStore: "
              + settings.keyStore()
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + ")",
          e);
    }
  }

  private static String alias(RequestSignerSettings settings, KeyStore store)
      throws HsmConfigurationException, GeneralSecurityException {
    if (settings.alias() != null) {
      return settings.alias();
    }
    List<String> aliases = Collections.list(store.aliases());
    if (aliases.size() != 1) {
      throw new HsmConfigurationException(
          "requestSigner.keyStore: "
              + settings.keyStore()
              + " holds "
              + aliases.size()
              + " entries; name one in requestSigner.alias");
    }
    return aliases.get(0);
  }

  /**
   * A request's body with both signatures.
   *
   * @param body one member, the inner request object
   */
  Map<String, Object> signed(Map<String, ?> body) throws HsmConfigurationException {
    Map<String, Object> signed = new TreeMap<>();
    for (Map.Entry<String, ?> member : body.entrySet()) {
      Map<String, Object> inner = new TreeMap<>();
      ((Map<?, ?>) member.getValue()).forEach((name, value) -> inner.put((String) name, value));
      if (inner.get("metaData") instanceof String metaData) {
        inner.put("metaDataSignature", sign(Base64.getDecoder().decode(metaData)));
      }
      signed.put(member.getKey(), inner);
      signed.put(
          "requestSignature",
          Map.of(
              "signature", sign(JsonMapping.write(inner)),
              "digestAlgorithm", "SHA-256",
              "publicKey", Base64.getEncoder().encodeToString(publicKey.getEncoded())));
    }
    return signed;
  }

  private String sign(byte[] bytes) throws HsmConfigurationException {
    try {
      Signature signature = Signature.getInstance(algorithm, provider);
      signature.initSign(key);
      signature.update(bytes);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new HsmConfigurationException(
          "the key of requestSigner.keyStore cannot sign: " + e.getMessage(), e);
    }
  }
}
