package io.hsmrest.simulator.approver;

import io.hsmrest.simulator.config.ScriptedApprover;
import io.hsmrest.simulator.config.SettingsException;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyCreation;
import io.hsmrest.simulator.crypto.KeyImport;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.KeySpec;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.crypto.SignInput;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.crypto.Signing;
import io.hsmrest.simulator.request.Identity;
import io.hsmrest.simulator.state.Named;
import io.hsmrest.simulator.state.StoredSigner;
import org.jspecify.annotations.Nullable;

/** An approver whose private key the simulator holds. Thread-safe. */
final class LocalApprover {
  private final ScriptedApprover script;
  private final KeyMaterial key;
  private final Bytes publicKey;
  private final @Nullable Bytes certificate;

  private LocalApprover(ScriptedApprover script, KeyMaterial key) {
    this.script = script;
    this.key = key;
    Bytes spki = key.publicKey();
    if (spki == null) {
      throw new SettingsException(
          "approver " + script.name() + ": the key has no public key", null);
    }
    this.publicKey = spki;
    String text = script.certificate();
    this.certificate = text == null ? null : Bytes.ofBase64(text);
  }

  /** An approver with the key of the configuration, or one made and kept for it. */
  static LocalApprover of(
      ScriptedApprover script, KeyCreation keyCreation, Named<StoredSigner> signers) {
    String configured = script.privateKey();
    if (configured != null) {
      return new LocalApprover(script, imported(script.name(), configured));
    }
    StoredSigner stored =
        signers.find(script.name()).orElseGet(() -> made(script.name(), keyCreation, signers));
    return new LocalApprover(
        script, KeyImport.keyPair("EC", stored.privateKey(), stored.publicKey(), null));
  }

  private static StoredSigner made(
      String name, KeyCreation keyCreation, Named<StoredSigner> signers) {
    KeyMaterial key = keyCreation.create(KeySpec.ec("1.2.840.10045.3.1.7"));
    Bytes privateKey = key.privateKey();
    Bytes publicKey = key.publicKey();
    if (privateKey == null || publicKey == null) {
      throw new IllegalStateException("an EC key has both halves");
    }
    var signer = new StoredSigner(name, privateKey, publicKey);
    signers.put(signer);
    return signer;
  }

  private static KeyMaterial imported(String name, String base64) {
    for (String algorithm : new String[] {"EC", "RSA", "ED"}) {
      try {
        return KeyImport.keyPair(algorithm, Bytes.ofBase64(base64), null, null);
      } catch (ServiceRefusal otherAlgorithm) {
        // The next may fit.
      } catch (IllegalArgumentException e) {
        throw new SettingsException("approver " + name + ": privateKey is not base64", e);
      }
    }
    throw new SettingsException("approver " + name + ": privateKey is no RSA, EC or ED key", null);
  }

  String name() {
    return script.name();
  }

  ScriptedApprover script() {
    return script;
  }

  Bytes publicKey() {
    return publicKey;
  }

  /** Who it says it is where a policy names it by that form. */
  Identity identity(boolean byCertificate) {
    return byCertificate ? new Identity(null, certificate) : new Identity(publicKey, null);
  }

  /** {@code approvalDigestAlgorithm} of its signatures. */
  String digestAlgorithm() {
    return key.algorithm().equals("ED") ? "EdDSA" : "SHA-256";
  }

  Bytes sign(Signing signing, Bytes content) {
    String algorithm =
        switch (key.algorithm()) {
          case "RSA" -> "SHA256_WITH_RSA";
          case "EC" -> "SHA256_WITH_ECDSA";
          default -> "EDDSA";
        };
    return signing.sign(key, SignInput.of(SignatureAlgorithm.of(algorithm), content)).signature();
  }
}
