package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.policy.PolicyValidation;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.StoredApprover;

/** Approvers of the approver management, as policies name them. */
final class Onboarded {
  private Onboarded() {}

  /** Validates policies that may name the partition's approvers. */
  static PolicyValidation validation(Partition partition) {
    return new PolicyValidation(
        name -> {
          StoredApprover approver =
              partition
                  .approvers()
                  .find(name)
                  .orElseThrow(
                      () ->
                          new ServiceRefusal(
                              Reason.APPROVER_NOT_EXISTENT,
                              "An approver with the name '" + name + "' does not exist."));
          if (!approver.onboarded()) {
            throw new ServiceRefusal(
                Reason.APPROVER_NOT_ONBOARDED, "The approver '" + name + "' is not onboarded.");
          }
          return approver.certificate();
        });
  }
}
