package loci.formats.meta;

import ome.units.quantity.Length;

public interface MetadataRetrieve {

  Length getChannelEmissionWavelength(int imageIndex, int channelIndex);

  String getChannelName(int imageIndex, int channelIndex);
}
