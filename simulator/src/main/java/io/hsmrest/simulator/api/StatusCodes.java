package io.hsmrest.simulator.api;

import io.hsmrest.simulator.config.Behaviour;

/** Status of successful answers (U1). */
final class StatusCodes {
  private final Behaviour behaviour;

  StatusCodes(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  int of(String method, Reply reply) {
    if (method.equals("DELETE")) {
      return behaviour.deleteStatus();
    }
    return switch (behaviour.successStatus()) {
      case DOCUMENTED -> reply.documentedStatus();
      case OK -> 200;
      case CREATED -> method.equals("POST") ? 201 : reply.documentedStatus();
    };
  }
}
