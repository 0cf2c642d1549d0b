package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command.
 *
 * @param answer body of the synchronous answer
 * @param text {@code result} of the asynchronous request, or null
 */
public record Result(ObjectNode answer, @Nullable String text) {}
