package org.skinspectra.camera;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads {@link MMCoreBridge} together with the {@code mmcorej} that it is to use. Both are looked
 * for here first: another {@code mmcorej} on the class path would not match the user's native
 * library. Everything else comes from our own loader.
 */
final class MMCoreLoader extends URLClassLoader {

  private static final String BRIDGE = MMCoreBridge.class.getName();
  private static final String MMCOREJ = "mmcorej.";

  private final ClassLoader running;

  private MMCoreLoader(URL[] jars, ClassLoader running) {
    super("Micro-Manager", jars, MMCoreLoader.class.getClassLoader());
    this.running = running;
  }

  /** Over the jars of an installation. */
  static MMCoreLoader of(URL... jars) {
    return new MMCoreLoader(jars, null);
  }

  /**
   * Over the {@code mmcorej} of a core that runs already.
   *
   * @param running loader of that core's class
   */
  static MMCoreLoader of(ClassLoader running) {
    return new MMCoreLoader(new URL[0], running);
  }

  /**
   * A core of its own, with which the native library is loaded.
   *
   * @throws LinkageError if the jar and the native library cannot be used together
   */
  MMCoreCalls newCore() throws ReflectiveOperationException {
    return (MMCoreCalls) loadClass(BRIDGE).getConstructor().newInstance();
  }

  /** The calls to a core that runs already. */
  MMCoreCalls over(Object core) throws ReflectiveOperationException {
    return (MMCoreCalls) loadClass(BRIDGE).getConstructor(Object.class).newInstance(core);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean bridge = name.equals(BRIDGE);
    if (!bridge && !name.startsWith(MMCOREJ)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = bridge ? defineBridge() : running == null ? findClass(name) : running(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  /** Here first, too: the jar's loader of native libraries looks for itself as a resource. */
  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  private Class<?> running(String name) throws ClassNotFoundException {
    return Class.forName(name, false, running);
  }

  private Class<?> defineBridge() throws ClassNotFoundException {
    String resource = BRIDGE.replace('.', '/') + ".class";
    try (InputStream stream = getParent().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new ClassNotFoundException(BRIDGE);
      }
      byte[] bytes = stream.readAllBytes();
      return defineClass(BRIDGE, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(BRIDGE, e);
    }
  }
}
