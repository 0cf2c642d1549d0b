package io.hsmrest.simulator.auth;

import io.hsmrest.simulator.config.Behaviour.CertificateRole;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each path demands: the role of its API key and a licence (contract 1.3, 2.0). */
final class PathRules {
  private static final Set<String> SERVICE =
      Set.of("versionInfo", "licenseInfo", "keystore", "hsm");
  private static final Set<String> KEY_MANAGEMENT =
      Set.of(
          "key",
          "importedKey",
          "derivedKey",
          "dataObject",
          "attestation",
          "modify",
          "synchronousModify");
  private static final Set<String> APPROVER = Set.of("approval", "task", "approver");
  private static final Set<String> KEY_OPERATION =
      Set.of(
          "sign",
          "synchronousSign",
          "verify",
          "decrypt",
          "synchronousDecrypt",
          "encrypt",
          "wrap",
          "unwrap",
          "synchronousUnwrap",
          "block",
          "synchronousBlock",
          "unblock",
          "synchronousUnblock",
          "synchronousHmac",
          "fileEncrypt",
          "synchronousFileDecrypt",
          "createRfcTimestamp",
          "generateRandom",
          "request",
          "filteredRequests");
  private static final Set<String> ENGINE =
      Set.of(
          "modify",
          "block",
          "unblock",
          "sign",
          "decrypt",
          "unwrap",
          "request",
          "filteredRequests",
          "approval",
          "task",
          "approver",
          "approverManagement");
  private static final Set<String> ENGINE_CERTIFICATES = Set.of("request", "selfsign", "sign");

  private PathRules() {}

  /** The role a path below {@code /v1/} needs, or null if the path is unknown. */
  static @Nullable Role role(String path, CertificateRole certificates) {
    String first = first(path);
    if (KEY_OPERATION.contains(first)) {
      return Role.KEY_OPERATION;
    }
    if (KEY_MANAGEMENT.contains(first)) {
      return Role.KEY_MANAGEMENT;
    }
    if (first.equals("certificate")) {
      return certificates == CertificateRole.KEY_OPERATION
          ? Role.KEY_OPERATION
          : Role.KEY_MANAGEMENT;
    }
    if (APPROVER.contains(first) || isTaskList(first)) {
      return Role.APPROVER;
    }
    if (SERVICE.contains(first)) {
      return Role.SERVICE;
    }
    return first.equals("approverManagement") ? Role.APPROVER_KEY_MANAGEMENT : null;
  }

  /** The licence flag a path needs, or null. */
  static @Nullable String licence(String path) {
    String first = first(path);
    if (SERVICE.contains(first)) {
      return null;
    }
    if (ENGINE.contains(first) || isTaskList(first)) {
      return "TSB_ENGINE";
    }
    if (first.equals("certificate")) {
      return ENGINE_CERTIFICATES.contains(path.substring(path.lastIndexOf('/') + 1))
              && !path.contains("/synchronous/")
          ? "TSB_ENGINE"
          : "REST_API";
    }
    return role(path, CertificateRole.KEY_OPERATION) == null ? null : "REST_API";
  }

  /** Whether approvers call it, who prove who they are in the body and need no bearer token. */
  static boolean isForApprovers(String path) {
    String first = first(path);
    return APPROVER.contains(first) || isTaskList(first);
  }

  private static boolean isTaskList(String first) {
    return first.startsWith("filtered") && first.endsWith("ApprovalTask");
  }

  private static String first(String path) {
    String below = path.substring("/v1/".length());
    int slash = below.indexOf('/');
    return slash < 0 ? below : below.substring(0, slash);
  }
}
