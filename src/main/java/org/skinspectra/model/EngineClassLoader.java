package org.skinspectra.model;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads the engine with the TensorFlow of its folder, and never with one that another plugin put on
 * the class path: neither classes nor resources of TensorFlow, Protocol Buffers and JavaCPP are
 * looked for there. Everything else, our own types that the engine takes and gives among them,
 * comes from our own loader.
 */
final class EngineClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final List<String> APART =
      List.of(
          "org.skinspectra.model.engine.",
          "org.tensorflow.",
          "com.google.protobuf.",
          "org.bytedeco.");

  private final Path folder;

  private EngineClassLoader(URL[] urls, Path folder) {
    super("TensorFlow", urls, EngineClassLoader.class.getClassLoader());
    this.folder = folder;
  }

  static EngineClassLoader of(EngineFolder folder) {
    return new EngineClassLoader(folder.classPath().toArray(URL[]::new), folder.path());
  }

  Path folder() {
    return folder;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (APART.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = findClass(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own != null || isApart(name) ? own : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (isApart(name)) {
      return findResources(name);
    }
    List<URL> all = Collections.list(findResources(name));
    Collections.list(getParent().getResources(name)).stream()
        .filter(url -> !all.contains(url))
        .forEach(all::add);
    return Collections.enumeration(all);
  }

  private static boolean isApart(String resource) {
    String name = resource.replace('/', '.');
    return APART.stream().anyMatch(name::startsWith);
  }
}
