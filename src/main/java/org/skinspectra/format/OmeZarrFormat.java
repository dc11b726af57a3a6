package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scijava.plugin.Plugin;
import org.skinspectra.WholeFolder;

/**
 * OME-Zarr: folders of chunks, of versions 0.4 and older (Zarr 2) and 0.5 (Zarr 3). Version 0.4 is
 * written, which more programs read. Channels are bands; time points, focal planes and the series
 * of bioformats2raw are images of their own.
 */
@Plugin(type = CubeFormat.class)
public final class OmeZarrFormat implements CubeFormat {

  @Override
  public String name() {
    return "OME-Zarr";
  }

  @Override
  public List<String> endings() {
    return List.of(".ome.zarr", ".zarr");
  }

  @Override
  public boolean isFolder() {
    return true;
  }

  @Override
  public boolean recognizes(Path file, byte[] head) {
    return false;
  }

  /** Any Zarr, so that one that holds no image is refused with the reason. */
  @Override
  public boolean recognizesFolder(Path folder) throws IOException {
    return ZarrMetadata.isZarr(ZarrFolder.of(folder));
  }

  @Override
  public CubeSource open(Path folder, ReadOptions options) throws IOException {
    List<OmeZarrImage> images = OmeZarrImage.allOf(ZarrFolder.of(folder));
    int chosen = options.chooseImage(folder, images.stream().map(OmeZarrImage::name).toList());
    return new OmeZarrSource(images.get(chosen));
  }

  @Override
  public Optional<WriteSupport> writing() {
    return Optional.of(WriteSupport.PLAIN.withAllSamples().withCompression());
  }

  @Override
  public long write(CubeSource source, Path target, WriteOptions options) {
    SampleQuantizer samples = new SampleQuantizer(options, target);
    WholeFolder.write(
        target,
        folder -> OmeZarrImage.isOne(ZarrFolder.of(folder)),
        folder -> new OmeZarrWriter(source, options, samples, folder).write());
    return samples.clipped();
  }
}
