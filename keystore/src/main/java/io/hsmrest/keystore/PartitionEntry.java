package io.hsmrest.keystore;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What lies under one label, as far as a key store can show it. */
sealed interface PartitionEntry {

  /** The entry's own certificate, null when it has none. */
  @Nullable X509Certificate certificate();

  /** When it was made; the certificate's beginning, or null, where nobody told. */
  @Nullable Instant created();

  /**
   * A key that can be used, with its certificate if it has one.
   *
   * @param placeholder what stands in where there is no certificate, null where nothing may
   */
  record KeyEntry(
      KeyFacts facts, @Nullable X509Certificate certificate, @Nullable X509Certificate placeholder)
      implements PartitionEntry {
    @Override
    public @Nullable Instant created() {
      Instant told = facts.created();
      return told == null ? beginning(certificate) : told;
    }
  }

  /** A key that tells nothing without its own password. */
  record LockedKey(String label, @Nullable X509Certificate certificate) implements PartitionEntry {
    @Override
    public @Nullable Instant created() {
      return beginning(certificate);
    }
  }

  /** A certificate without a key. */
  record CertificateEntry(X509Certificate certificate) implements PartitionEntry {
    @Override
    public Instant created() {
      return certificate.getNotBefore().toInstant();
    }
  }

  /** Something that should be readable and is not. */
  record Broken(String why) implements PartitionEntry {
    @Override
    public @Nullable X509Certificate certificate() {
      return null;
    }

    @Override
    public @Nullable Instant created() {
      return null;
    }
  }

  /**
   * Nothing that a key store shows: no such label, a symmetric key, a data object.
   *
   * @param isThere whether the label is known to be taken all the same
   */
  record Nothing(String why, boolean isThere) implements PartitionEntry {
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

  private static @Nullable Instant beginning(@Nullable X509Certificate certificate) {
    return certificate == null ? null : certificate.getNotBefore().toInstant();
  }
}
