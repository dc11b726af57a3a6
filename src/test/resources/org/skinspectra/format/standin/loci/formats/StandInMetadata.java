package loci.formats;

import java.util.Properties;
import loci.formats.meta.IMetadata;
import ome.units.UNITS;
import ome.units.quantity.Length;

/** As the real ones, it throws where there is no such channel. */
public final class StandInMetadata implements IMetadata {

  Properties file = new Properties();

  @Override
  public Length getChannelEmissionWavelength(int imageIndex, int channelIndex) {
    String micrometres = file.getProperty("emission." + channelIndex);
    return micrometres == null ? null : new Length(Double.valueOf(micrometres), UNITS.MICROMETER);
  }

  @Override
  public String getChannelName(int imageIndex, int channelIndex) {
    if (channelIndex > 7) {
      throw new IndexOutOfBoundsException("channel " + channelIndex);
    }
    return file.getProperty("name." + channelIndex);
  }
}
