package io.hsmrest.simulator.crypto;

/** The service's reason codes with their texts and HTTP status (contract 4.2 and 4.3). */
public enum Reason {
  IMPL(100, "impl"),
  NOT_IMPLEMENTED(101, "not.implemented"),
  OPERATION_UNREACHABLE(102, "operation.unreachable"),
  GENERAL(103, "general"),
  INIT(200, "init"),
  CONFIG_NOT_EXISTENT(300, "config.not.existent"),
  CONFIG_NOT_VALID(301, "config.not.valid"),
  INVALID_CONFIG_INPUT(302, "invalid.config.input"),
  SECURITY_NOT_ALLOWED(400, "security.not.allowed"),
  MISSING_APPROVAL(401, "missing.approval"),
  INVALID_CERTIFICATE(402, "invalid.certificate"),
  INPUT_INVALID_SIGNATURE(403, "input.invalid.signature"),
  INPUT_TIMESTAMP_OFF(404, "input.timestamp.off"),
  TIMESTAMP_SIGNER_NOT_ALLOWED(405, "timestamp.signer.not.allowed"),
  MISSING_ACCESS_TOKEN(406, "missing.access.token"),
  PARSING_KEY(407, "parsing.key"),
  READING_PEM(408, "reading.pem"),
  PARSING_CERTIFICATE(409, "parsing.certificate"),
  DECRYPT_FAILED(410, "decrypt.failed"),
  INVALID_CERTIFICATE_REQUEST(411, "invalid.certificate.request"),
  INVALID_ONETIMEPASSWORD(412, "invalid.onetimepassword"),
  APPROVER_NOT_EXISTENT(413, "approver.not.existent"),
  APPROVER_NOT_ONBOARDED(414, "approver.not.onboarded"),
  REQUEST_SIGNER_NOT_ALLOWED(415, "request.signer.not.allowed"),
  MISSING_API_KEY(416, "missing.api.key"),
  CLIENT_SUBSCRIPTION(450, "client.subscription"),
  CLIENT_ENDPOINT_NOT_LICENSED(451, "client.endpoint.not.licensed"),
  DATA_INVALID_CONSTELLATION(500, "data.invalid.constellation"),
  INVALID_VALUE_FOR_ENUM(501, "invalid.value.for.enum"),
  INPUT_VALIDATION_FAILED(600, "input.validation.failed"),
  UNSUPPORTED_APPROVER_KEY_TYPE(601, "unsupported.approver.key.type"),
  UNSUPPORTED_COMBINATION_OF_APPROVAL_TYPES(602, "unsupported.combination.of.approval.types"),
  INPUT_KEYSIZE(603, "input.keysize"),
  INPUT_NO_NAME_FOR_CERTIFICATE_APPROVER(604, "input.no.name.for.certificate.approver"),
  UNSUPPORTED_CRYPTOCURRENCY(605, "unsupported.cryptocurrency"),
  KEY_ATTRIBUTES_INVALID(606, "key.attributes.invalid"),
  ALGORITHM_NOT_SUPPORTED_BY_KEY(607, "algorithm.not.supported.by.key"),
  KEY_ALREADY_EXISTING(608, "key.already.existing"),
  INVALID_UUID(609, "invalid.uuid"),
  INVALID_KEY_NAME(610, "invalid.key.name"),
  UNSUPPORTED_OPERATION(611, "unsupported.operation"),
  INVALID_PAYLOAD(612, "invalid.payload"),
  INVALID_KEY_TYPE(613, "invalid.key.type"),
  OPERATION_FORBIDDEN_FOR_KEY(614, "operation.forbidden.for.key"),
  DATA_OBJECT_ALREADY_EXISTING(615, "data.object.already.existing"),
  DATA_OBJECT_INVALID_VALUE(616, "data.object.invalid.value"),
  INVALID_ACCESS_TOKEN(617, "invalid.access.token"),
  INSUFFICIENT_LOGIN_INFORMATION(618, "insufficient.login.information"),
  INVALID_NUMBER_RANGE(619, "invalid.number.range"),
  KEY_PASSWORD_MISMATCH(620, "key.password.mismatch"),
  INVALID_JSON(621, "invalid.json"),
  INVALID_FILE_HEADER(623, "invalid.file.header"),
  KEY_INVALID_TAG_LENGTH(624, "key.invalid.tagLength"),
  KEY_INVALID_ENCODING(625, "key.invalid.encoding"),
  CERTIFICATE_INVALID_ENCODING(626, "certificate.invalid.encoding"),
  INVALID_KEY_ID(627, "invalid.key.id"),
  CSR_INVALID_FORMAT(628, "csr.invalid.format"),
  UNSUPPORTED_CIPHER(629, "unsupported.cipher"),
  INVALID_ADDRESS_ON_NON_SKA_KEY(630, "invalid.address.on.non.ska.key"),
  INVALID_API_KEY(631, "invalid.api.key"),
  APPROVER_ALREADY_EXISTING(632, "approver.already.existing"),
  INPUT_NO_VALUE_FOR_APPROVER_MGMT(633, "input.no.value.for.approver.mgmt"),
  DERIVATION_NOT_SUPPORTED_BY_ALGORITHM(634, "derivation.not.supported.by.algorithm"),
  ENCODING_EXCEPTION(635, "encoding.exception"),
  KEY_NOT_EXISTENT(650, "key.not.existent"),
  REQUEST_NOT_EXISTENT(651, "request.not.existent"),
  TASK_NOT_EXISTENT(652, "task.not.existent"),
  DATA_OBJECT_NOT_EXISTENT(653, "data.object.not.existent"),
  /** The older number of {@link #APPROVER_NOT_EXISTENT}. */
  APPROVER_NOT_EXISTENT_OLD(654, "approver.not.existent"),
  /** The service's text is misspelt, and clients match on it. */
  IN_SUBSYSTEM(700, "in.subystem"),
  IN_HSM(701, "in.hsm"),
  CREATION_INTEGRITY_KEY(702, "creation.integrity.key"),
  IO(703, "io"),
  FILE_NOT_FOUND(704, "file.not.found");

  private final int code;
  private final String text;

  Reason(int code, String name) {
    this.code = code;
    this.text = "res.error." + name;
  }

  /** The number sent as {@code errorCode}. */
  public int code() {
    return code;
  }

  /** The text sent as {@code reason}, {@code res.error.} included. */
  public String text() {
    return text;
  }

  /** The HTTP status that the service answers with (contract 4.2). */
  public int httpStatus() {
    switch (this) {
      case MISSING_ACCESS_TOKEN,
          MISSING_API_KEY,
          INVALID_ACCESS_TOKEN,
          INSUFFICIENT_LOGIN_INFORMATION,
          INVALID_API_KEY -> {
        return 401;
      }
      default -> {}
    }
    if (code / 10 == 45) {
      return 403;
    }
    if (code / 10 == 65) {
      return 404;
    }
    return switch (code / 100) {
      case 1 -> 501;
      case 4, 6 -> 400;
      default -> 500;
    };
  }
}
