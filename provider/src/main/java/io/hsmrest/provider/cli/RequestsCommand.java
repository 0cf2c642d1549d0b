package io.hsmrest.provider.cli;

import picocli.CommandLine.Command;

/** {@code hsmrest requests}. */
@Command(
    name = "requests",
    description = "Looks after requests that people approve.",
    synopsisSubcommandLabel = "COMMAND")
final class RequestsCommand {}
