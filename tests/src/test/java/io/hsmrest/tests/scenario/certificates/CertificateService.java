package io.hsmrest.tests.scenario.certificates;

import io.hsmrest.tests.scenario.SimulatedHsm;

/** Simulators with alice, who approves whatever comes. */
final class CertificateService {
  static final String P256 = "1.2.840.10045.3.1.7";
  static final String P384 = "1.3.132.0.34";

  private CertificateService() {}

  static SimulatedHsm start() {
    return with("");
  }

  /**
   * Starts one.
   *
   * @param settings members of {@code simulator.json}
   */
  static SimulatedHsm with(String settings) {
    String approver =
        "\"approvers\": [{\"name\": \"alice\", \"does\": \"approve\", \"afterSeconds\": 0}]";
    return new SimulatedHsm(
        "{" + approver + (settings.isEmpty() ? "" : ", " + settings) + "}",
        "approval.poll = 10ms..50ms",
        "approval.progress = none");
  }
}
