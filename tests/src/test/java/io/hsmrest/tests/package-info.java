/**
 * Whatever crosses modules: architecture, documents, and scenarios on the simulator with the JDK's
 * own tools and stacks.
 */
@NullMarked
package io.hsmrest.tests;

import org.jspecify.annotations.NullMarked;
