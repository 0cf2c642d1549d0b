package io.hsmrest.simulator.state;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.policy.Policy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All objects under one label: a key with its optional certificate. Immutable.
 *
 * @param id CKA_ID, or null
 * @param uses how often it has been used, as of the last change
 * @param policy null for a plain key
 * @param password null for a key without password
 * @param certificate X.509 DER, or null
 * @param system whether the broker made it for itself
 */
public record StoredKey(
    String label,
    @Nullable String id,
    Kind kind,
    KeyMaterial material,
    KeyAttributes attributes,
    @Nullable Policy policy,
    @Nullable PasswordHash password,
    Instant createTime,
    boolean imported,
    long uses,
    @Nullable Bytes certificate,
    boolean system) {

  /** What stands under a label. */
  public enum Kind {
    KEY_PAIR,
    SECRET_KEY,
    PUBLIC_KEY,
    CERTIFICATE
  }

  /** The same with another certificate, or none. */
  public StoredKey withCertificate(@Nullable Bytes other) {
    return new StoredKey(
        label,
        id,
        kind,
        material,
        attributes,
        policy,
        password,
        createTime,
        imported,
        uses,
        other,
        system);
  }

  /** The same under another policy. */
  public StoredKey withPolicy(Policy other) {
    return new StoredKey(
        label,
        id,
        kind,
        material,
        attributes,
        other,
        password,
        createTime,
        imported,
        uses,
        certificate,
        system);
  }

  /** The same with another password, or none. */
  public StoredKey withPassword(@Nullable PasswordHash other) {
    return new StoredKey(
        label,
        id,
        kind,
        material,
        attributes,
        policy,
        other,
        createTime,
        imported,
        uses,
        certificate,
        system);
  }

  /** The same with its state moved on. */
  public StoredKey withMaterial(KeyMaterial other) {
    return new StoredKey(
        label,
        id,
        kind,
        other,
        attributes,
        policy,
        password,
        createTime,
        imported,
        uses,
        certificate,
        system);
  }

  /** The same with its count of uses. */
  public StoredKey withUses(long other) {
    return new StoredKey(
        label,
        id,
        kind,
        material,
        attributes,
        policy,
        password,
        createTime,
        imported,
        other,
        certificate,
        system);
  }
}
