package org.skinspectra.format;

/** How large an image is, in pixels. */
public record ImageSize(int width, int height) {

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
