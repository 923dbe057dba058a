package io.riskstream.pipeline.law;

import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds the domain to the law as it is, and then with the classes of one folder after the other in
 * the place of its own, case by case until one differs; prints a verdict on each. Is its JVM's
 * agent, since only such a one may replace classes.
 */
public final class LawMain {
  static final String KILLED = "killed by seed ";
  static final String SURVIVED = "survived";

  private static final String CLASS = ".class";

  private static Instrumentation instrumentation;

  private LawMain() {}

  /** Called by the JVM before {@link #main}. */
  public static void premain(String options, Instrumentation given) {
    instrumentation = given;
  }

  /** Takes the number of cases, and folders of classes; at the end the domain is as it was. */
  public static void main(String[] arguments) throws Exception {
    var cases = Long.parseLong(arguments[0]);
    try (var cluster = new LawCluster()) {
      print("as it is", verdict(cases, cluster));
      for (var folder : List.of(arguments).subList(1, arguments.length)) {
        var names = classes(Path.of(folder));
        for (var name : names) {
          replace(name, Files.readAllBytes(Path.of(folder).resolve(name)));
        }
        print(folder, verdict(cases, cluster));
        for (var name : names) {
          replace(name, original(name));
        }
      }
      print("as it is again", verdict(cases, cluster));
    }
  }

  private static void print(String what, String verdict) {
    System.out.println(String.format(Locale.ROOT, "%s: %s", what, verdict));
  }

  private static String verdict(long cases, LawCluster cluster) {
    for (var seed = 0L; seed < cases; seed++) {
      try {
        var differences = Law.differences(seed, cluster);
        if (!differences.isEmpty()) {
          return KILLED + seed + ", " + differences.size() + " differences: " + differences.get(0);
        }
      } catch (Exception failed) {
        return KILLED + seed + ", failed: " + rootCause(failed);
      }
    }
    return SURVIVED;
  }

  private static List<String> classes(Path folder) throws IOException {
    var names = new ArrayList<String>();
    try (var files = Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(CLASS))
          .forEach(file -> names.add(folder.relativize(file).toString()));
    }
    return names;
  }

  private static void replace(String file, byte[] bytes) throws Exception {
    var name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
    instrumentation.redefineClasses(new ClassDefinition(Class.forName(name), bytes));
  }

  private static byte[] original(String file) throws IOException {
    try (var in = LawMain.class.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }
}
