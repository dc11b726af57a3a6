package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;
import org.skinspectra.WholeFile;

/**
 * MATLAB files of versions 5 to 7, whose variables are smaller than 2 GiB each. Written when asked
 * for by name, with all types of samples, uncompressed or deflated, and with the variables of
 * {@link MatlabNotes} beside the cube.
 */
@Plugin(type = CubeFormat.class, priority = Priority.LOW)
public final class Matlab5Format implements CubeFormat {

  @Override
  public String name() {
    return "MATLAB 5";
  }

  @Override
  public List<String> endings() {
    return List.of(MatlabFormat.ENDING);
  }

  @Override
  public boolean recognizes(Path file, byte[] head) {
    return MatlabHeader.startsWith(head, "MATLAB 5.0")
        || MatlabHeader.order(head, MatlabHeader.VERSION_5).isPresent();
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    options.chooseImage(file, List.of("variable"));
    return Matlab5File.open(file, options.variable());
  }

  // -- Writing --

  @Override
  public Optional<WriteSupport> writing() {
    return Optional.of(WriteSupport.PLAIN.withAllSamples().withCompression().withVariables());
  }

  @Override
  public long write(CubeSource source, Path target, WriteOptions options) throws IOException {
    String name = MatlabNotes.variableName(options, target);
    Matlab5Writer.requireSize(source, target, options.sample());
    SampleQuantizer samples = new SampleQuantizer(options, target);
    WholeFile.write(
        target, temporary -> Matlab5Writer.write(source, temporary, name, options, samples));
    return samples.clipped();
  }
}
