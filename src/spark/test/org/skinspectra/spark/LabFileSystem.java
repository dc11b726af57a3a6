package org.skinspectra.spark;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** This computer's files under a scheme of their own, which nobody takes for local ones. */
public final class LabFileSystem extends RawLocalFileSystem {

  static final String SCHEME = "lab";

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }
}
