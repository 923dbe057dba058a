package io.riskstream.cli.ending;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns Ctrl-C and SIGTERM into a request to stop in good order. The JVM does not begin to shut
 * down, so no shutdown hook pulls anything away from a command that is still ending; a second
 * signal ends the process at once.
 */
public final class StopSignals {
  private static final int STATUS_OF_INTERRUPT = 130;
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private StopSignals() {}

  /** Runs the request at the first signal, on a thread of the JVM's. */
  public static void onStop(Runnable request) {
    var requested = new AtomicBoolean();
    handle(
        () -> {
          if (requested.getAndSet(true)) {
            Runtime.getRuntime().halt(STATUS_OF_INTERRUPT);
          }
          request.run();
        });
  }

  /** By reflection: javac warns of a direct use of {@code sun.misc.Signal} in any case. */
  private static void handle(Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler invocation = (proxy, method, arguments) -> invoke(action, proxy, method);
      var handler =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(), new Class<?>[] {handlerType}, invocation);
      for (var name : SIGNALS) {
        var instance = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handlerType).invoke(null, instance, handler);
      }
    } catch (ReflectiveOperationException unsupported) {
      throw new IllegalStateException("this JVM handles no signals", unsupported);
    }
  }

  private static Object invoke(Runnable action, Object proxy, Method method) {
    switch (method.getName()) {
      case "handle" -> action.run();
      case "hashCode" -> {
        return System.identityHashCode(proxy);
      }
      case "toString" -> {
        return "StopSignals";
      }
      default -> {
        return false; // equals: no handler equals another
      }
    }
    return null;
  }
}
