/**
 * The command line for those who approve, and for pipelines: main class {@link
 * io.hsmrest.provider.cli.Main}. Uses the client and the configuration; the provider itself never
 * loads it. One class per command.
 */
@NullMarked
package io.hsmrest.provider.cli;

import org.jspecify.annotations.NullMarked;
