package io.hsmrest.client.model;

import java.util.List;

/**
 * A task in an approver's list.
 *
 * @param id the task
 * @param forms in which forms of the approver's identity it was listed, at least one
 */
public record TaskReference(String id, List<Form> forms) {

  /** How a policy names an approver (contract 3.11). */
  public enum Form {
    /** By public key. */
    PUBLIC_KEY,
    /** By certificate, onboarded approvers included. */
    CERTIFICATE
  }

  /** Copies the list, which must not be empty. */
  public TaskReference {
    forms = List.copyOf(forms);
    if (forms.isEmpty()) {
      throw new IllegalArgumentException("a task that nobody sees");
    }
  }
}
