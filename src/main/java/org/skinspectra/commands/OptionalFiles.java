package org.skinspectra.commands;

import java.io.File;
import java.util.List;
import java.util.stream.StreamSupport;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.ui.FilePreprocessor;

/**
 * Leaves a file out that a macro left out. Where a file is the only input not given, SciJava's
 * {@link FilePreprocessor} asks for it even if it is optional, and cancels the command where nobody
 * can be asked; for our commands this comes just before it and takes the file as given.
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.VERY_LOW + 0.6)
public final class OptionalFiles extends AbstractPreprocessorPlugin {

  @Override
  public void process(Module module) {
    if (!(module.getDelegateObject() instanceof SkinSpectraCommand)) {
      return;
    }
    List<ModuleItem<?>> open =
        StreamSupport.<ModuleItem<?>>stream(module.getInfo().inputs().spliterator(), false)
            .filter(input -> !module.isInputResolved(input.getName()))
            .toList();
    if (open.size() == 1 && !open.get(0).isRequired() && open.get(0).getType() == File.class) {
      module.resolveInput(open.get(0).getName());
    }
  }
}
