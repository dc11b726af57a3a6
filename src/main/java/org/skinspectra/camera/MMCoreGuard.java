package org.skinspectra.camera;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Stands before every call to MMCore: says on which call the thread is, ends work that nobody waits
 * for any more, and turns every failure into one message that says what to do.
 */
final class MMCoreGuard implements InvocationHandler {

  private final MMCoreCalls core;
  private final MMCoreThread thread;
  private final MMCoreErrors errors;

  private MMCoreGuard(MMCoreCalls core, MMCoreThread thread, MMCoreErrors errors) {
    this.core = core;
    this.thread = thread;
    this.errors = errors;
  }

  static MMCoreCalls before(MMCoreCalls core, MMCoreThread thread, MMCoreErrors errors) {
    return (MMCoreCalls)
        Proxy.newProxyInstance(
            MMCoreCalls.class.getClassLoader(),
            new Class<?>[] {MMCoreCalls.class},
            new MMCoreGuard(core, thread, errors));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    String call = method.getName() + text(arguments);
    thread.next(call);
    try {
      return method.invoke(core, arguments);
    } catch (InvocationTargetException e) {
      throw errors.explain(thread.what(), call, e.getCause());
    }
  }

  private static String text(Object[] arguments) {
    return arguments == null
        ? "()"
        : Arrays.stream(arguments).map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
