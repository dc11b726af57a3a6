package org.skinspectra.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Msi;
import org.skinspectra.format.ImageSize;

/** What is asked of the images of a data set before a training begins, and what they hold. */
public final class DatasetCheck {

  private DatasetCheck() {}

  /**
   * Makes sure that crops can be taken from images. Only the beginnings of the files are read.
   *
   * @param side of a crop, pixels
   * @throws SkinSpectraException if an image is smaller, naming it
   */
  static void requireSide(List<HyperSkinImage> images, int side) {
    for (HyperSkinImage image : images) {
      ImageSize size = image.input().size();
      if (Math.min(size.width(), size.height()) < side) {
        throw new SkinSpectraException(
            "%s is %s pixels, too small for crops of %dx%d. Leave it out, or train with a smaller cropSide."
                .formatted(image.msiFile(), size, side, side));
      }
    }
  }

  /**
   * Makes sure that an image has the four channels that a network is trained for.
   *
   * @throws SkinSpectraException if it has three
   */
  static void requireInfrared(HyperSkinImage image) {
    if (image.msi().channels() < Msi.CHANNEL_NAMES.size()) {
      throw new SkinSpectraException(
          "%s has red, green and blue only, and training needs 960 nm. Put the images of 960 nm into a folder IMG_960, or choose an MSI folder with --camera-folder."
              .formatted(image.msiFile()));
    }
  }

  /**
   * Size and SHA-256 of every file, a line for each: {@code train/MSI_CIE/p001.mat, 4096 bytes,
   * sha256 …}, and how the input is stretched, if it is. Other contents under the same names give
   * other lines; another place of the data set does not.
   *
   * @throws SkinSpectraIOException if a file cannot be read
   */
  public static List<String> contents(List<HyperSkinImage> images) {
    List<String> lines = new ArrayList<>();
    for (HyperSkinImage image : images) {
      for (Path file : image.files()) {
        lines.add(
            "%s/%s/%s, %s"
                .formatted(
                    image.split(), file.getParent().getFileName(), file.getFileName(), of(file)));
      }
      if (image.input().stretch() != RgbStretch.NONE) {
        lines.add("RGB stretch " + image.input().stretch().key());
      }
    }
    return lines;
  }

  private static String of(Path file) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      long bytes = in.transferTo(OutputStream.nullOutputStream());
      return "%d bytes, sha256 %s".formatted(bytes, HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
