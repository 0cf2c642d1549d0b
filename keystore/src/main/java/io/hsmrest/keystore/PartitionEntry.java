package io.hsmrest.keystore;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What lies under one label, as far as a key store can show it. */
sealed interface PartitionEntry {

  /** The entry's own certificate, null when it has none. */
  @Nullable X509Certificate certificate();

  /** When it was made, null when nobody told. */
  @Nullable Instant created();

  /** A key that can be used, with its certificate if it has one. */
  record KeyEntry(KeyFacts facts, @Nullable X509Certificate certificate) implements PartitionEntry {
    @Override
    public @Nullable Instant created() {
      return facts.created();
    }
  }

  /** A key that tells nothing without its own password. */
  record LockedKey(String label, @Nullable X509Certificate certificate) implements PartitionEntry {
    @Override
    public @Nullable Instant created() {
      return certificate == null ? null : certificate.getNotBefore().toInstant();
    }
  }

  /** A certificate without a key. */
  record CertificateEntry(X509Certificate certificate) implements PartitionEntry {
    @Override
    public Instant created() {
      return certificate.getNotBefore().toInstant();
    }
  }

  /** Nothing that a key store shows: gone, symmetric, a data object, or unreadable. */
  record Nothing(String why) implements PartitionEntry {
    @Override
    public @Nullable X509Certificate certificate() {
      return null;
    }

    @Override
    public @Nullable Instant created() {
      return null;
    }
  }

  /** Whether a private key lies here. */
  default boolean isKey() {
    return this instanceof KeyEntry || this instanceof LockedKey;
  }
}
