/** People approve, reject, or do not come. */
@NullMarked
package io.hsmrest.tests.scenario.approval;

import org.jspecify.annotations.NullMarked;
