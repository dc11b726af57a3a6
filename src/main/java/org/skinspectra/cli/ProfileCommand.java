package org.skinspectra.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code profile}: camera profiles. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description =
        "Imports, measures, shows and checks camera profiles: 'profile import|measure|show|check'.",
    subcommands = {
      HelpCommand.class,
      ProfileImportCommand.class,
      ProfileMeasureCommand.class,
      ProfileShowCommand.class,
      ProfileCheckCommand.class
    })
final class ProfileCommand {}
