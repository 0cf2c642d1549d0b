package io.hsmrest.simulator.auth;

import io.hsmrest.simulator.config.ApiKeys;
import java.util.List;

/** API-key roles (contract 1.3). */
enum Role {
  KEY_MANAGEMENT,
  KEY_OPERATION,
  APPROVER,
  SERVICE,
  APPROVER_KEY_MANAGEMENT;

  /** The values of {@code X-API-KEY} that this role accepts. */
  List<String> accepted(ApiKeys keys) {
    return switch (this) {
      case KEY_MANAGEMENT -> keys.keyManagementToken();
      case KEY_OPERATION -> keys.keyOperationToken();
      case APPROVER -> keys.approverToken();
      case SERVICE -> keys.serviceToken();
      case APPROVER_KEY_MANAGEMENT -> keys.approverKeyManagementToken();
    };
  }
}
