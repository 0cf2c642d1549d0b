/** The approver's page and the approvers that the configuration scripts. */
@NullMarked
package io.hsmrest.simulator.approver;

import org.jspecify.annotations.NullMarked;
