package org.skinspectra.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code rig}: rigs, before they are used. */
@Command(
    name = "rig",
    mixinStandardHelpOptions = true,
    description = "Tries a rig: 'rig check R'.",
    subcommands = {HelpCommand.class, RigCheckCommand.class})
final class RigCommand {}
