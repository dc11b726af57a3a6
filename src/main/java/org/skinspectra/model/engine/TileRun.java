package org.skinspectra.model.engine;

import org.tensorflow.Result;
import org.tensorflow.Session;

/** Runs one tile of a pass; called by several threads at once. */
interface TileRun {

  /** Nothing but that. */
  TileRun PLAIN = (pass, runner) -> runner.run();

  /** The fetched tensors, which the caller closes. */
  Result of(TilePass pass, Session.Runner runner);
}
