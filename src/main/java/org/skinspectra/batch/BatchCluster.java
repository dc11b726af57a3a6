package org.skinspectra.batch;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.skinspectra.ProgressMonitor;

/**
 * Many computers that do the jobs of a batch. Found as a Java service, so that a build without one
 * needs none of its libraries.
 */
public interface BatchCluster {

  /**
   * A batch for a cluster.
   *
   * @param inputs sessions, images and folders of both; paths, or URIs of the cluster's files
   * @param out folder of the cubes, likewise
   * @param master where the cluster is, in its own words
   * @param settings of the cluster, by name
   */
  record Work(
      List<String> inputs,
      String out,
      BatchOptions options,
      String master,
      Map<String, String> settings) {
    public Work {
      inputs = List.copyOf(inputs);
      settings = Map.copyOf(settings);
    }
  }

  /**
   * Reconstructs all pictures, as {@link ReconstructionBatch#run} does on this computer.
   *
   * @param listener is told of every picture as it is done
   * @throws org.skinspectra.SkinSpectraException if the cluster cannot be used, there is nothing to
   *     reconstruct, or the results cannot be written
   * @throws org.skinspectra.CanceledException if the monitor asks to stop; cubes that were done
   *     stay
   */
  List<BatchResult> run(Work work, Consumer<BatchResult> listener, ProgressMonitor progress);
}
