package io.hsmrest.simulator.policy;

/**
 * What a rule demands before anything has happened (contract 5.5). Of several tokens the one that
 * stands first here decides.
 */
public enum Needs {
  /** Fulfilled at once. */
  NOTHING,
  /** Approvals. */
  APPROVALS,
  /** Time alone fulfils it: no approver can hasten it. */
  TIME,
  /** It cannot be fulfilled. */
  NEVER
}
