package loci.formats;

import loci.formats.meta.IMetadata;

public final class MetadataTools {

  private MetadataTools() {}

  public static IMetadata createOMEXMLMetadata() {
    return new StandInMetadata();
  }
}
