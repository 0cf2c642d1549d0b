package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.operation.ApproverKeys;
import io.hsmrest.simulator.operation.SystemKeys;
import io.hsmrest.simulator.request.Tenant;
import io.hsmrest.simulator.state.StoredApprover;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Approvers whose keys the service makes (contract 2.7). */
final class ApproverManagementEndpoints {
  private static final Set<Integer> KEY_SIZES = Set.of(2048, 3072, 4096);
  private static final String PATH = "/v1/approverManagement/";

  private ApproverManagementEndpoints() {}

  static void addTo(Routes routes) {
    routes.addSlow("POST", PATH + "create", ApproverManagementEndpoints::create);
    // The vendor's samples use PUT where the text says POST.
    routes.addSlow("PUT", PATH + "create", ApproverManagementEndpoints::create);
    routes.add("POST", PATH + "renewOneTimeCode", ApproverManagementEndpoints::renew);
    routes.add("POST", PATH + "restoreFromBackup", ApproverManagementEndpoints::renew);
    routes.addSlow(
        "POST", PATH + "restoreFromBackup/forgotPassword", ApproverManagementEndpoints::forgot);
    routes.add("GET", PATH + "onboarding/status", ApproverManagementEndpoints::status);
    routes.add("DELETE", PATH + "delete/{name}", ApproverManagementEndpoints::delete);
    routes.add("POST", "/v1/approver/onboard", ApproverManagementEndpoints::onboard);
  }

  private static Reply create(Call call) {
    Fields in = call.fields();
    String name = in.optionalText("approverName");
    String algorithm = in.optionalText("algorithm");
    Integer keySize = in.optionalNumber("keySize");
    Password password = in.optionalPassword("backupPassword");
    int validity = Optional.ofNullable(in.optionalNumber("validity")).orElse(365);
    if (call.hsm().dialect().isNewerThan22()) {
      in.optionalFlag("qrCode");
    }
    in.end();
    String checkedName = given(name, "approverName");
    if (algorithm != null && !algorithm.equals("RSA")) {
      throw ServiceRefusal.invalidInput("Unsupported algorithm: '" + algorithm + "'");
    }
    int bits = keySize == null ? 2048 : keySize;
    if (!KEY_SIZES.contains(bits)) {
      throw new ServiceRefusal(Reason.INPUT_KEYSIZE, "The key size " + bits + " is not supported.");
    }
    Password checkedPassword = given(password, "backupPassword");
    if (call.partition().approvers().find(checkedName).isPresent()) {
      throw new ServiceRefusal(
          Reason.APPROVER_ALREADY_EXISTING,
          "An approver with the name '" + checkedName + "' exists already.");
    }
    SystemKeys.makeApproverBackup(call.hsm(), call.partition());
    StoredApprover approver =
        ApproverKeys.make(call.hsm(), checkedName, bits, validity, checkedPassword);
    call.partition().approvers().put(approver);
    return code(201, approver);
  }

  /** A new code, for an approver who has lost the old one or the device with the key pair. */
  private static Reply renew(Call call) {
    Fields in = call.fields();
    String name = in.optionalText("approverName");
    in.end();
    StoredApprover approver =
        find(call.tenant(), given(name, "approverName"))
            .withCode(ApproverKeys.oneTimeCode(call.hsm().random()));
    call.partition().approvers().put(approver);
    return code(200, approver);
  }

  private static Reply forgot(Call call) {
    Fields in = call.fields();
    String name = in.optionalText("approverName");
    Password password = in.optionalPassword("newBackupPassword");
    in.end();
    StoredApprover approver = find(call.tenant(), given(name, "approverName"));
    Password checked = given(password, "newBackupPassword");
    String code = ApproverKeys.oneTimeCode(call.hsm().random());
    call.partition()
        .approvers()
        .put(
            approver
                .withBackup(
                    ApproverKeys.pkcs12(
                        approver.name(), approver.key(), approver.certificate(), checked))
                .withCode(code));
    var request =
        call.tenant().requests().recordUnwrapped(SystemKeys.APPROVER_BACKUP, call.body(), code);
    return Reply.created(Json.object().put("unwrapRequestId", request.id().toString()));
  }

  private static Reply onboard(Call call) {
    Fields in = call.fields();
    String name = in.optionalText("approverName");
    Password code = in.optionalPassword("oneTimeCode");
    Password transport = in.optionalPassword("transportPassword");
    in.end();
    String checkedName = given(name, "approverName");
    Password checkedCode = given(code, "oneTimeCode");
    Password checkedTransport = given(transport, "transportPassword");
    Tenant tenant =
        call.tenants().stream()
            .filter(each -> each.partition().approvers().find(checkedName).isPresent())
            .findFirst()
            .orElseThrow(() -> notExistent(checkedName));
    StoredApprover approver = find(tenant, checkedName);
    if (!new String(checkedCode.characters()).equals(approver.oneTimeCode())) {
      throw new ServiceRefusal(Reason.INVALID_ONETIMEPASSWORD, "The one-time code is wrong.");
    }
    var payload = ApproverKeys.forTransport(call.hsm(), approver, checkedTransport);
    tenant.partition().approvers().put(approver.fetched());
    return Reply.ok(
        Json.object()
            .put("encryptedPayload", payload.encryptedPayload().toBase64())
            .put("initializationVector", payload.initializationVector().toBase64()));
  }

  private static Reply status(Call call) {
    ObjectNode answer = Json.object();
    ArrayNode onboarded = answer.putArray("onboarded");
    ArrayNode pending = answer.putArray("pending");
    for (StoredApprover approver : call.partition().approvers().all()) {
      (approver.onboarded() ? onboarded : pending)
          .addObject()
          .put("approverName", approver.name())
          .put("approverCertificate", approver.certificate().toBase64());
    }
    return Reply.ok(answer);
  }

  private static Reply delete(Call call) {
    if (!call.partition().approvers().remove(call.variable())) {
      throw notExistent(call.variable());
    }
    return Reply.empty();
  }

  private static Reply code(int status, StoredApprover approver) {
    return new Reply(status, Json.object().put("oneTimeCode", approver.oneTimeCode()));
  }

  private static StoredApprover find(Tenant tenant, String name) {
    return tenant.partition().approvers().find(name).orElseThrow(() -> notExistent(name));
  }

  private static ServiceRefusal notExistent(String name) {
    return new ServiceRefusal(
        Reason.APPROVER_NOT_EXISTENT, "An approver with the name '" + name + "' does not exist.");
  }

  private static <T> T given(@Nullable T value, String name) {
    if (value == null
        || value instanceof String text && text.isEmpty()
        || value instanceof Password password && password.length() == 0) {
      throw new ServiceRefusal(
          Reason.INPUT_NO_VALUE_FOR_APPROVER_MGMT, "'" + name + "' has no value.");
    }
    return value;
  }
}
