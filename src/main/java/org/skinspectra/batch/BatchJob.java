package org.skinspectra.batch;

import java.io.Serializable;
import java.net.URI;
import java.util.OptionalInt;

/**
 * One picture to reconstruct, in words that another computer understands too.
 *
 * @param input what the picture is called in tables: the path of its session or image below the
 *     folder that was given, with {@code /} between folders
 * @param location of the session's folder or of the image's file
 * @param timePoint of the picture in its session; {@link #IMAGE} for an image's file
 * @param output path of the cube below the folder of results, with {@code /} between folders
 * @param named whether the image was named by the user and not just found in a folder
 */
public record BatchJob(
    String input, URI location, int timePoint, String output, boolean named, BatchOptions options)
    implements Serializable {

  /** In place of the time point where there is no session. */
  public static final int IMAGE = -1;

  private static final long serialVersionUID = 1L;

  /** The time point in the session; empty for an image's file. */
  public OptionalInt picture() {
    return timePoint == IMAGE ? OptionalInt.empty() : OptionalInt.of(timePoint);
  }
}
