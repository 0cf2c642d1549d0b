package io.hsmrest.simulator.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Approvers of whom {@code quorum} distinct ones must approve.
 *
 * @param name free or null
 * @param quorum number of approvers needed
 * @param approvals the approvers
 */
public record Group(@Nullable String name, int quorum, List<Approval> approvals) {

  /** The list is copied. */
  public Group {
    approvals = List.copyOf(approvals);
  }
}
