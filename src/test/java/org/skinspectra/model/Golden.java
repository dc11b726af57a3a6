package org.skinspectra.model;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Files of the published PyTorch models with random weights, next to these tests. */
public final class Golden {

  private Golden() {}

  public static Path path(String name) {
    URL url = Golden.class.getResource("golden/" + name);
    if (url == null) {
      throw new IllegalArgumentException("There is no golden file " + name + ".");
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Weights weights(String name) {
    return Weights.read(path(name));
  }
}
