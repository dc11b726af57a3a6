import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.Device;
import org.skinspectra.model.Devices;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;

/**
 * Someone at a Fiji with other plugins: computes with the TensorFlow 1.15 of its class path, then
 * reconstructs, then computes with TensorFlow 1.15 again. What is printed is checked by the test.
 */
public final class FijiUser {

  private FijiUser() {}

  /**
   * @param args width, height and where the cube's planes are written, band by band
   */
  public static void main(String[] args) throws Exception {
    System.out.println("foreign TensorFlow " + TensorFlow.version() + ": " + sixTimesSeven());
    System.out.println("foreign protobuf: " + placeOf("com.google.protobuf.GeneratedMessage"));
    try {
      System.out.println("our TensorFlow " + Devices.tensorFlowVersion());
      System.out.println("from " + Devices.tensorFlowSource());
      System.out.println("model file " + Models.file("mstpp-skin").orElseThrow());
      reconstruct(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Path.of(args[2]));
    } catch (SkinSpectraException e) {
      System.out.println("refused: " + e.getMessage());
    }
    System.out.println("foreign TensorFlow again: " + sixTimesSeven());
  }

  private static void reconstruct(int width, int height, Path target) throws Exception {
    try (Reconstructor model =
            Models.open(Models.DEFAULT, Optional.empty(), Device.CPU, Precision.FLOAT32);
        DataOutputStream planes =
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
      Random random = new Random(5);
      float[] pixels = new float[width * height * 4];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
      }
      var cube =
          model.reconstruct(new Msi(width, height, 4, pixels), ProgressMonitor.NONE).cube();
      for (float[] plane : cube.planes()) {
        for (float value : plane) {
          planes.writeFloat(value);
        }
      }
      System.out.println("reconstructed " + cube.bands() + " bands");
    }
  }

  private static String placeOf(String type) throws Exception {
    var source = Class.forName(type).getProtectionDomain().getCodeSource();
    return new File(source.getLocation().toURI()).getName();
  }

  private static float sixTimesSeven() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      var product =
          graph
              .opBuilder("Mul", "product")
              .addInput(constant(graph, "a", 6))
              .addInput(constant(graph, "b", 7))
              .build();
      try (Tensor<?> result = session.runner().fetch(product.output(0)).run().get(0)) {
        return result.floatValue();
      }
    }
  }

  private static org.tensorflow.Output<Float> constant(Graph graph, String name, float value) {
    try (Tensor<Float> tensor = org.tensorflow.Tensors.create(value)) {
      return graph
          .opBuilder("Const", name)
          .setAttr("dtype", tensor.dataType())
          .setAttr("value", tensor)
          .build()
          .output(0);
    }
  }
}
