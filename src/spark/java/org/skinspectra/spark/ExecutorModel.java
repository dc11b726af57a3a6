package org.skinspectra.spark;

import java.nio.file.Path;
import org.skinspectra.batch.BatchOptions;
import org.skinspectra.batch.PicturesInMemory;
import org.skinspectra.model.Reconstructor;

/**
 * The model that is open in an executor's process, once for all of its tasks: TensorFlow can be
 * loaded only once, and its network takes seconds to prepare.
 */
final class ExecutorModel {

  private static final ExecutorModel OF_THIS_PROCESS = new ExecutorModel();

  private final PicturesInMemory memory = PicturesInMemory.ofThisProcess();
  private String openId = "";
  private BatchOptions openOptions;
  private Reconstructor open;

  private ExecutorModel() {}

  static ExecutorModel ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /** Which all tasks of the process share. */
  PicturesInMemory memory() {
    return memory;
  }

  /**
   * The model, which is opened at the first call.
   *
   * @throws org.skinspectra.SkinSpectraException if it cannot be opened
   */
  synchronized Reconstructor open(ClusterModel model, Path scratch) {
    if (open == null || !openId.equals(model.id()) || !model.options().equals(openOptions)) {
      if (open != null) {
        open.close();
        open = null;
      }
      open = model.open(scratch);
      openId = model.id();
      openOptions = model.options();
    }
    return open;
  }
}
