package org.skinspectra.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into a resource. */
final class BuildVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"skin-spectra " + text()};
  }

  static String text() {
    Properties properties = new Properties();
    try (InputStream resource = BuildVersion.class.getResourceAsStream("version.properties")) {
      properties.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException("The version of this build cannot be read.", e);
    }
    return properties.getProperty("version");
  }
}
