package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scijava.plugin.Plugin;
import org.skinspectra.WholeFile;

/**
 * MATLAB files of version 7.3, which are HDF5 behind a header of 512 bytes. Written are all types
 * of samples, uncompressed or deflated, with the variables of {@link MatlabNotes} beside the cube.
 */
@Plugin(type = CubeFormat.class)
public final class MatlabFormat implements CubeFormat {

  static final String ENDING = ".mat";

  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  @Override
  public String name() {
    return "MATLAB 7.3";
  }

  @Override
  public List<String> endings() {
    return List.of(ENDING);
  }

  @Override
  public boolean recognizes(Path file, byte[] head) {
    if (MatlabHeader.startsWith(head, "MATLAB 7.3")) {
      return true;
    }
    // HDF5 may begin at 0, 512, 1024, 2048 … (HDF5 File Format Specification 3.0, II.A).
    for (int start = 0; start + HDF5.length <= head.length; start = Math.max(512, 2 * start)) {
      if (Arrays.equals(head, start, start + HDF5.length, HDF5, 0, HDF5.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    options.chooseImage(file, List.of("variable"));
    return MatlabHdf.open(file, options.variable());
  }

  // -- Writing --

  @Override
  public Optional<WriteSupport> writing() {
    return Optional.of(WriteSupport.PLAIN.withAllSamples().withCompression().withVariables());
  }

  @Override
  public long write(CubeSource source, Path target, WriteOptions options) throws IOException {
    String name = MatlabNotes.variableName(options, target);
    SampleQuantizer samples = new SampleQuantizer(options, target);
    WholeFile.write(
        target, temporary -> MatlabHdfWriter.write(source, temporary, name, options, samples));
    return samples.clipped();
  }
}
