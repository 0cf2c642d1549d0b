package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;

/** Looks up approvers of the approver management (contract 2.7). */
@FunctionalInterface
public interface OnboardedApprovers {

  /**
   * The certificate (DER) of the approver of that name.
   *
   * @throws io.hsmrest.simulator.crypto.ServiceRefusal 413 when there is none, 414 when it is not
   *     onboarded
   */
  Bytes certificate(String approverName);
}
