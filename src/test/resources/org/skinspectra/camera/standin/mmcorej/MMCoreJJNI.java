package mmcorej;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where the native library would be loaded: fails as that does, if the jar says so. */
class MMCoreJJNI {

  static final Properties OPTIONS = new Properties();

  static {
    try (InputStream stream = MMCoreJJNI.class.getResourceAsStream("/standin.properties")) {
      OPTIONS.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = OPTIONS.getProperty("link.text", "");
    switch (OPTIONS.getProperty("link", "")) {
      case "UnsatisfiedLinkError" -> throw new UnsatisfiedLinkError(text);
      case "NoSuchMethodError" -> throw new NoSuchMethodError(text);
      case "NoClassDefFoundError" -> throw new NoClassDefFoundError(text);
      default -> {}
    }
  }

  private MMCoreJJNI() {}

  static void load() {}
}
