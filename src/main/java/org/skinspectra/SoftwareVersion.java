package org.skinspectra;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into a resource. */
public final class SoftwareVersion {

  private SoftwareVersion() {}

  /** Such as {@code 0.1.0-SNAPSHOT}. */
  public static String text() {
    Properties properties = new Properties();
    try (InputStream resource = SoftwareVersion.class.getResourceAsStream("version.properties")) {
      properties.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException("The version of this build cannot be read.", e);
    }
    return properties.getProperty("version");
  }
}
