package org.skinspectra.cli;

import org.skinspectra.SoftwareVersion;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, for {@code --version}. */
final class BuildVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"skin-spectra " + SoftwareVersion.text()};
  }
}
