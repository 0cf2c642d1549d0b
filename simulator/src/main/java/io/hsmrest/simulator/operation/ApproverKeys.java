package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateTemplate;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.KeySpec;
import io.hsmrest.simulator.crypto.KeyUsageName;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.crypto.SubjectAttributes;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.state.StoredApprover;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key pairs of the approver management (contract 2.7). */
public final class ApproverKeys {
  private ApproverKeys() {}

  /**
   * What an approver gets when it is onboarded: AES-GCM with the transport password as key.
   *
   * @param encryptedPayload PKCS#12, tag behind it
   * @param initializationVector 12 bytes
   */
  public record Transport(Bytes encryptedPayload, Bytes initializationVector) {}

  /** Makes an approver who has not been onboarded yet. */
  public static StoredApprover make(
      Hsm hsm, String name, int keySize, int validityDays, Password backupPassword) {
    KeyMaterial key = hsm.keyCreation().create(KeySpec.rsa(keySize));
    Bytes certificate =
        hsm.certificates()
            .selfSign(
                key,
                new CertificateTemplate(
                    SignatureAlgorithm.of("SHA256_WITH_RSA"),
                    SubjectAttributes.ofCommonName(name),
                    validityDays,
                    false,
                    List.of(KeyUsageName.DIGITAL_SIGNATURE),
                    List.of(),
                    List.of(),
                    false));
    return new StoredApprover(
        name,
        key,
        certificate,
        pkcs12(name, key, certificate, backupPassword),
        oneTimeCode(hsm.random()),
        false);
  }

  /** A code of six digits. */
  public static String oneTimeCode(SecureRandom random) {
    return Integer.toString(100_000 + random.nextInt(900_000));
  }

  /** The key pair and its certificate as PKCS#12, alias and password as the contract says. */
  public static Bytes pkcs12(
      String name, KeyMaterial key, Bytes certificate, Password backupPassword) {
    Bytes privateKey = key.privateKey();
    if (privateKey == null) {
      throw new IllegalArgumentException("an approver has a private key");
    }
    try {
      PrivateKey rsa =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(privateKey.toArray()));
      Certificate x509 =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.toArray()));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(name, rsa, backupPassword.characters(), new Certificate[] {x509});
      var out = new ByteArrayOutputStream();
      store.store(out, backupPassword.characters());
      return Bytes.of(out.toByteArray());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a key pair that was just made goes into a PKCS#12", e);
    }
  }

  /**
   * Encrypts the key pair for the approver.
   *
   * @throws ServiceRefusal 600 if the transport password has not 16 or 32 characters
   */
  public static Transport forTransport(Hsm hsm, StoredApprover approver, Password transport) {
    byte[] key = transport.utf8();
    if (key.length != 16 && key.length != 32) {
      throw ServiceRefusal.invalidInput("'transportPassword' must have 16 or 32 characters");
    }
    byte[] vector = new byte[12];
    hsm.random().nextBytes(vector);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(128, vector),
          hsm.random());
      return new Transport(Bytes.of(cipher.doFinal(approver.backup().toArray())), Bytes.of(vector));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }
}
