package org.skinspectra.format;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ome.units.UNITS;
import ome.units.quantity.Length;
import ome.xml.model.Channel;
import ome.xml.model.Image;
import ome.xml.model.MapAnnotation;
import ome.xml.model.OME;
import ome.xml.model.Pixels;
import ome.xml.model.StructuredAnnotations;
import ome.xml.model.TiffData;
import ome.xml.model.enums.DimensionOrder;
import ome.xml.model.enums.PixelType;
import ome.xml.model.primitives.NonNegativeInteger;
import ome.xml.model.primitives.PositiveInteger;
import org.skinspectra.SoftwareVersion;

/**
 * The OME-XML of a cube (OME schema 2016-06): one image, a channel for each band with its
 * wavelength as the emission wavelength, and in map annotations what OME has no place for.
 */
final class OmeCubeXml {

  /** What made the cube, key by key. */
  static final String PROVENANCE = "skinspectra.org/cube";

  /** How values are stored. */
  static final String SAMPLES = "skinspectra.org/samples";

  /** What is said of each band. */
  static final String BANDS = "skinspectra.org/bands";

  static final String SCALE = "scale";
  static final String FWHM = "fwhm (nm)";
  static final String BAD = "bad bands";

  private static final NonNegativeInteger ZERO = new NonNegativeInteger(0);
  private static final PositiveInteger ONE = new PositiveInteger(1);

  private OmeCubeXml() {}

  static byte[] write(CubeSource source, Path target, WriteOptions options) {
    OME ome = new OME();
    ome.setCreator("Skin Spectra " + SoftwareVersion.text());
    Image image = new Image();
    image.setID("Image:0");
    image.setName(AsciiXml.escaped(name(target)));
    StructuredAnnotations annotations = new StructuredAnnotations();
    annotate(image, annotations, SAMPLES, samples(options));
    annotate(image, annotations, BANDS, bands(source));
    annotate(image, annotations, PROVENANCE, source.provenance());
    image.setPixels(pixels(source, options));
    ome.addImage(image);
    if (annotations.sizeOfMapAnnotationList() > 0) {
      ome.setStructuredAnnotations(annotations);
    }
    return AsciiXml.write(ome::asXMLElement);
  }

  private static String name(Path target) {
    return target.getFileName().toString().replaceAll("(?i)(\\.ome)?\\.(tiff?|tf[28]|btf)$", "");
  }

  private static void annotate(
      Image image,
      StructuredAnnotations annotations,
      String namespace,
      Map<String, String> values) {
    if (!values.isEmpty()) {
      String id = "Annotation:" + annotations.sizeOfMapAnnotationList();
      MapAnnotation annotation = OmeMaps.annotation(id, namespace, values);
      annotations.addMapAnnotation(annotation);
      image.linkAnnotation(annotation);
    }
  }

  private static Map<String, String> samples(WriteOptions options) {
    return options.sample().isInteger()
        ? Map.of(SCALE, Double.toString(options.scaleOrUsual()))
        : Map.of();
  }

  private static Map<String, String> bands(CubeSource source) {
    Map<String, String> values = new LinkedHashMap<>();
    source
        .fwhm()
        .ifPresent(
            widths ->
                values.put(
                    FWHM,
                    Arrays.stream(widths)
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(","))));
    source
        .badBands()
        .ifPresent(
            bad ->
                values.put(
                    BAD,
                    IntStream.range(0, bad.length)
                        .mapToObj(i -> bad[i] ? "1" : "0")
                        .collect(Collectors.joining(","))));
    return values;
  }

  private static Pixels pixels(CubeSource source, WriteOptions options) {
    Pixels pixels = new Pixels();
    pixels.setID("Pixels:0");
    pixels.setDimensionOrder(DimensionOrder.XYCZT);
    pixels.setBigEndian(false);
    pixels.setInterleaved(false);
    pixels.setType(
        switch (options.sample()) {
          case FLOAT32 -> PixelType.FLOAT;
          case FLOAT64 -> PixelType.DOUBLE;
          case UINT16 -> PixelType.UINT16;
          case UINT8 -> PixelType.UINT8;
        });
    pixels.setSizeX(new PositiveInteger(source.width()));
    pixels.setSizeY(new PositiveInteger(source.height()));
    pixels.setSizeZ(ONE);
    pixels.setSizeC(new PositiveInteger(source.bands()));
    pixels.setSizeT(ONE);
    List<String> names = source.bandNames();
    for (int band = 0; band < source.bands(); band++) {
      Channel channel = new Channel();
      channel.setID("Channel:0:" + band);
      channel.setName(AsciiXml.escaped(names.get(band)));
      channel.setSamplesPerPixel(ONE);
      if (source.wavelengths().isPresent()) {
        double nm = source.wavelengths().get().get(band);
        channel.setEmissionWavelength(new Length(nm, UNITS.NANOMETER));
      }
      pixels.addChannel(channel);
    }
    TiffData data = new TiffData();
    data.setIFD(ZERO);
    data.setFirstC(ZERO);
    data.setFirstZ(ZERO);
    data.setFirstT(ZERO);
    data.setPlaneCount(new NonNegativeInteger(source.bands()));
    pixels.addTiffData(data);
    return pixels;
  }
}
