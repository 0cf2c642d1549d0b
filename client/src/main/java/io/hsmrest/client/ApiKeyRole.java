package io.hsmrest.client;

/** Which API key an endpoint asks for (contract 1.3). */
public enum ApiKeyRole {
  /** Keys. */
  KEY_MANAGEMENT("auth.apiKey.keyManagement"),
  /** Signatures, requests. */
  KEY_OPERATION("auth.apiKey.keyOperation"),
  /**
   * Certificates: with the keys for operations, as documented, and after a refusal with those for
   * management, as some clients do (contract U35).
   */
  CERTIFICATE("auth.apiKey.keyOperation"),
  /** Version and statistics. */
  SERVICE("auth.apiKey.service"),
  /** Tasks and approvals. */
  APPROVER("auth.apiKey.approver");

  private final String setting;

  ApiKeyRole(String setting) {
    this.setting = setting;
  }

  /** The name of its setting. */
  public String setting() {
    return setting;
  }
}
