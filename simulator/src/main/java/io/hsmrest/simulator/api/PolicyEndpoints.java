package io.hsmrest.simulator.api;

import io.hsmrest.simulator.operation.RequestKind;

/** Blocking and changing policies (contract 2.1.10). */
final class PolicyEndpoints {
  private PolicyEndpoints() {}

  static void addTo(Routes routes) {
    add(routes, "odify", RequestKind.MODIFY, "m", "M");
    add(routes, "lock", RequestKind.BLOCK, "b", "B");
    add(routes, "nblock", RequestKind.UNBLOCK, "u", "U");
  }

  private static void add(
      Routes routes, String rest, RequestKind kind, String lower, String upper) {
    routes.add("POST", "/v1/" + lower + rest, CommandEndpoints.later(kind));
    routes.add("POST", "/v1/synchronous" + upper + rest, CommandEndpoints.now(kind, 200));
  }
}
