/** What a partition holds: keys, requests, tasks, approvers, data objects; and where it is kept. */
@NullMarked
package io.hsmrest.simulator.state;

import org.jspecify.annotations.NullMarked;
