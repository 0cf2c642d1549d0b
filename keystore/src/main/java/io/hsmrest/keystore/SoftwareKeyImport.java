package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.KeyDescription;
import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.Octets;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Puts a software key with its certificates into the HSM, where {@code keys.import} allows it. What
 * the HSM has afterwards is read back and compared.
 */
final class SoftwareKeyImport {
  private final HsmSession session;

  SoftwareKeyImport(HsmSession session) {
    this.session = session;
  }

  void refuseUnlessAllowed(String alias, PrivateKey key) throws KeyStoreException {
    if (session.config().keys().softwareKeys() == KeySettings.Permission.DENY) {
      throw new KeyStoreException(
          "software key '"
              + alias
              + "' ("
              + key.getAlgorithm()
              + ") refused: make it in the HSM with keytool -genkeypair -providername "
              + session.config().name().map(name -> "HsmRest-" + name).orElse("HsmRest")
              + " and -keyalg RSA, EC, Ed25519 or ML-DSA (an RSA key makes RSASSA-PSS signatures"
              + " too), or in Java with HsmKeyGenParameterSpec; or set keys.import=allow (keytool:"
              + " -J-Dhsmrest.keys.import=allow)"
              + session.newKeys().refusal(alias));
    }
  }

  void run(String alias, PrivateKey key, List<X509Certificate> chain) throws KeyStoreException {
    if (chain.isEmpty()) {
      throw refused(alias, "it has no certificate");
    }
    byte[] pkcs8 = key.getEncoded();
    if (pkcs8 == null) {
      throw refused(alias, "its key material is not to be had");
    }
    X509Certificate leaf = chain.get(0);
    if (!Handles.areMadeFor(leaf.getPublicKey())) {
      throw refused(alias, leaf.getPublicKey().getAlgorithm() + " keys are not used here");
    }
    if (!KeyPairs.belongTogether(key, leaf.getPublicKey())) {
      throw refused(alias, "its certificate belongs to another key");
    }
    KeyGenerationSettings settings = session.config().keyGeneration();
    ImportedKey imported =
        new ImportedKey(
            alias,
            ChainLinks.serviceAlgorithm(leaf),
            Octets.of(pkcs8),
            null,
            JdkCrypto.encoded(leaf),
            KeyFlags.forSigning()
                .withExtractable(settings.extractable())
                .withDestroyable(settings.destroyable()));
    try {
      session.client().importKey(imported);
    } catch (HsmException e) {
      throw new KeyStoreException(e.getMessage(), e);
    }
    session.partition().forget(alias);
    try {
      compare(session.client().readKey(alias, null), imported, leaf);
      new HsmCertificates(session).importCertificate(alias, chain);
    } catch (HsmException e) {
      throw new KeyStoreException(
          "key '" + alias + "' was imported and is in the HSM now, but: " + e.getMessage(), e);
    }
  }

  private static void compare(KeyDescription there, ImportedKey imported, X509Certificate leaf)
      throws HsmException {
    Octets spki = there.publicKey();
    if (spki == null
        || !JdkCrypto.sameKey(
            JdkCrypto.publicKey(spki, there.algorithm(), there.label()), leaf.getPublicKey())) {
      throw new HsmException("its public key there is not the certificate's", null);
    }
    if (there.flags().extractable() && !imported.flags().extractable()) {
      throw new HsmException("the service made it extractable although it was asked not to", null);
    }
  }

  private static KeyStoreException refused(String alias, String why) {
    return new KeyStoreException(
        "software key '" + alias + "' is not imported: " + why + "; nothing was changed");
  }
}
