package io.riskstream.cli.ending;

import picocli.CommandLine;

/**
 * Says in a sentence why a command failed, the causes below it, and a stack trace only if asked.
 */
public final class FailureReport {
  private FailureReport() {}

  /** Prints the failure to the command's standard error and returns its exit status. */
  public static int print(Exception failure, CommandLine command, boolean stacktrace) {
    var out = command.getErr();
    out.println(command.getCommandSpec().qualifiedName() + ": " + sentence(failure));
    var last = sentence(failure);
    for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      // Wrappers often repeat what they wrap.
      if (!last.contains(sentence(cause))) {
        out.println("  because: " + sentence(cause));
        last = sentence(cause);
      }
    }
    if (stacktrace) {
      failure.printStackTrace(out);
    } else if (failure instanceof RuntimeException && failure.getMessage() == null) {
      out.println("  --stacktrace shows where.");
    }
    out.flush();
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static String sentence(Throwable failure) {
    var message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
