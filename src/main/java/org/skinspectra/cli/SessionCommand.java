package org.skinspectra.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code session}: sessions on disk. */
@Command(
    name = "session",
    mixinStandardHelpOptions = true,
    description = "Verifies, shows and recovers sessions: 'session verify|show|recover DIR'.",
    subcommands = {
      HelpCommand.class,
      SessionVerifyCommand.class,
      SessionShowCommand.class,
      SessionRecoverCommand.class
    })
final class SessionCommand {}
