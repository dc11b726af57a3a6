package org.skinspectra.format;

import java.util.List;
import org.skinspectra.SkinSpectraIOException;

/** A file holds several images and it was not said which one is meant. */
public final class SeveralImagesException extends SkinSpectraIOException {

  private static final long serialVersionUID = 1L;

  private final List<String> images;

  SeveralImagesException(String message, List<String> images) {
    super(message);
    this.images = List.copyOf(images);
  }

  /** What people call the images, in the order in which {@link ReadOptions#image} counts them. */
  public List<String> images() {
    return images;
  }
}
