package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyImport;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.KeySpec;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.policy.PolicyInput;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates and imports keys (contract 2.1.1, 2.1.6). */
public final class KeyMaking {
  private static final Set<String> ADDRESS_FORMATS = Set.of("BTC", "ETH", "XLM", "XRP", "IOTA");

  private final Hsm hsm;
  private final Partition partition;

  /** Makes keys in one partition. */
  public KeyMaking(Hsm hsm, Partition partition) {
    this.hsm = hsm;
    this.partition = partition;
  }

  /** Creates the key that the body of {@code POST /v1/key} describes. */
  public KeyEntry create(Fields in) {
    String label = in.text("label");
    Password password = in.optionalPassword("password");
    String id = in.optionalText("id");
    String algorithm = in.optionalText("algorithm");
    var spec =
        new KeySpec(
            algorithm,
            in.optionalText("algorithmOid"),
            in.optionalText("curveOid"),
            in.optionalNumber("keySize"));
    Fields address = in.optionalObject("addressFormat");
    String addressFormat = address == null ? null : address.text("format");
    AttributesInput attributes = AttributesInput.read(in.object("attributes"), hsm.dialect());
    PolicyInput policyInput = policyInput(in);
    in.end();

    checkLabel(label);
    if (id != null && id.isEmpty()) {
      throw new ServiceRefusal(Reason.INVALID_KEY_ID, "The key id must not be empty.");
    }
    checkAddressFormat(addressFormat, policyInput != null);
    if (algorithm != null && !hsm.dialect().knowsKeyAlgorithm(algorithm)) {
      throw ServiceRefusal.invalidInput("Unsupported algorithm: '" + algorithm + "'");
    }
    Policy policy = validated(policyInput);
    // Before the generation, which may take seconds; whether the label is free is asked again
    // when the key is put there.
    NewKey.checkFree(partition, label);
    KeyMaterial material = hsm.keyCreation().create(spec);
    return new NewKey(label, id, password, material, attributes, policy, true)
        .addTo(hsm, partition);
  }

  /** Imports what the body of {@code POST /v1/key/import/plain} brings. */
  public KeyEntry importPlain(Fields in) {
    String label = in.text("label");
    String algorithm = in.text("algorithm");
    Fields address = in.optionalObject("addressFormat");
    String addressFormat = address == null ? null : address.text("format");
    Bytes privateKey = given(in, "privateKey");
    Bytes publicKey = given(in, "publicKey");
    Bytes secretKey = given(in, "secretKey");
    Bytes certificate = given(in, "certificate");
    AttributesInput attributes = AttributesInput.read(in.object("attributes"), hsm.dialect());
    PolicyInput policyInput = policyInput(in);
    checkExclusive(in, privateKey, publicKey, secretKey, certificate);
    in.end();

    checkLabel(label);
    checkAddressFormat(addressFormat, policyInput != null);
    if (!hsm.dialect().knowsKeyAlgorithm(algorithm)) {
      throw ServiceRefusal.invalidInput("Unsupported algorithm: '" + algorithm + "'");
    }
    if (privateKey == null && secretKey == null) {
      return LoneObjects.put(hsm, partition, label, algorithm, publicKey, certificate);
    }
    NewKey.checkFree(partition, label);
    KeyMaterial material =
        privateKey != null
            ? KeyImport.keyPair(algorithm, privateKey, publicKey, certificate)
            : KeyImport.secretKey(algorithm, secretKey == null ? Bytes.empty() : secretKey);
    KeyEntry entry =
        new NewKey(label, null, null, material, attributes, validated(policyInput), false)
            .addTo(hsm, partition);
    if (certificate != null) {
      partition.keys().update(entry, key -> key.withCertificate(certificate));
    }
    return entry;
  }

  private static @Nullable Bytes given(Fields in, String name) {
    Bytes bytes = in.optionalBase64(name);
    return bytes == null || bytes.size() == 0 ? null : bytes;
  }

  private static void checkExclusive(
      Fields in,
      @Nullable Bytes privateKey,
      @Nullable Bytes publicKey,
      @Nullable Bytes secretKey,
      @Nullable Bytes certificate) {
    if (secretKey != null && privateKey != null) {
      in.violate("'privateKey' must be empty when 'secretKey' has a value.");
    }
    if (secretKey != null && publicKey != null) {
      in.violate("'publicKey' must be empty when 'secretKey' has a value.");
    }
    if (publicKey != null && certificate != null) {
      in.violate("'certificate' must be empty when 'publicKey' has a value.");
    }
    if (privateKey == null && publicKey == null && secretKey == null && certificate == null) {
      in.violate("One of 'privateKey', 'publicKey', 'secretKey', 'certificate' must have a value.");
    }
  }

  static @Nullable PolicyInput policyInput(Fields in) {
    Fields policy = in.optionalObject("policy");
    return policy == null ? null : PolicyJson.read(policy);
  }

  private @Nullable Policy validated(@Nullable PolicyInput input) {
    if (input != null && !hsm.settings().licence().contains("KEY_AUTH")) {
      throw new ServiceRefusal(
          Reason.CLIENT_SUBSCRIPTION, "Policies are not licensed: KEY_AUTH is missing.");
    }
    return input == null ? null : Onboarded.validation(partition).creation(input, "policy");
  }

  private static void checkLabel(String label) {
    if (label.contains("/")) {
      throw new ServiceRefusal(
          Reason.INVALID_KEY_NAME, "The key name '" + label + "' must not contain '/'.");
    }
  }

  private static void checkAddressFormat(@Nullable String format, boolean hasPolicy) {
    if (format == null) {
      return;
    }
    if (!ADDRESS_FORMATS.contains(format)) {
      throw new ServiceRefusal(
          Reason.UNSUPPORTED_CRYPTOCURRENCY, "Unsupported address format: '" + format + "'");
    }
    if (!hasPolicy) {
      throw new ServiceRefusal(
          Reason.INVALID_ADDRESS_ON_NON_SKA_KEY, "An address needs a key with a policy.");
    }
  }
}
