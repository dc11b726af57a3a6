package org.skinspectra.cli;

import org.skinspectra.format.ReadOptions;
import org.skinspectra.spectra.Wavelengths;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the user says of a cube that is read. */
final class CubeInputOptions {

  @Option(
      names = "--variable",
      paramLabel = "NAME",
      description = "Variable of a .mat file, where it holds several.")
  private String variable;

  @Option(
      names = "--image",
      paramLabel = "N",
      description = "Image of the file, from 1, where it holds several.")
  private Integer image;

  @Mixin private ColourOptions colours;

  @Option(
      names = "--wavelengths",
      paramLabel = "first:step:last",
      description = "Bands in nm (or a list: 450,550), in place of what the file says.")
  private Wavelengths wavelengths;

  ReadOptions reading() {
    return colours
        .in(ReadOptions.DEFAULT)
        .withVariable(variable)
        .withWavelengths(wavelengths)
        .withImage(image);
  }

  /** Whether an image of 960 nm was given, which belongs to one picture. */
  boolean hasInfrared() {
    return colours.hasInfrared();
  }
}
