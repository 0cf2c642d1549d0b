package io.hsmrest.keystore;

/**
 * One point in which a certificate or CSR made by the service is not what was asked for.
 *
 * @param part what it is about, such as {@code key usage} or {@code subject organizationName}
 * @param asked what was asked for, {@code none} for nothing
 * @param received what it says, {@code none} for nothing
 */
public record CertificateDifference(String part, String asked, String received) {

  /** One line for people. */
  @Override
  public String toString() {
    return part + ": asked for " + asked + ", got " + received;
  }
}
