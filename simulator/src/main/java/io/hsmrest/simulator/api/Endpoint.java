package io.hsmrest.simulator.api;

/** Answers one kind of call, or refuses with a {@code ServiceRefusal}. */
@FunctionalInterface
interface Endpoint {
  Reply answer(Call call);
}
