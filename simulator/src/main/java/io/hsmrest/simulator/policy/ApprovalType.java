package io.hsmrest.simulator.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an approver is named in a policy (contract 3.11). */
public enum ApprovalType {
  CERTIFICATE,
  PUBLIC_KEY,
  ONBOARDED_APPROVER_CERTIFICATE;

  /** The service's name: lower case with underscores. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds one by its exact wire name. */
  public static Optional<ApprovalType> byName(String name) {
    return Arrays.stream(values()).filter(type -> type.wireName().equals(name)).findFirst();
  }
}
