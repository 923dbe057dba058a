package io.riskstream.lifecycle.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;

/**
 * What the process of a program is started with: the few classes of ours that it needs, as any more
 * would hide, or be mistaken for, those of the jar; and what it is to do.
 *
 * @param root readable by its owner only, as arguments may hold secrets
 */
record ProgramFolder(Path root) {
  private static final List<Class<?>> CLASSES =
      List.of(ProgramMain.class, Message.class, Message.Kind.class);

  static ProgramFolder create(Properties request) throws IOException {
    var folder = new ProgramFolder(Files.createTempDirectory("riskstream-program"));
    try (var out = Files.newBufferedWriter(folder.request())) {
      request.store(out, null);
    }
    for (var type : CLASSES) {
      var name = type.getName().replace('.', '/') + ".class";
      var copy = folder.classes().resolve(name);
      Files.createDirectories(copy.getParent());
      try (var in = type.getClassLoader().getResourceAsStream(name)) {
        Files.copy(in, copy);
      }
    }
    return folder;
  }

  Path request() {
    return root.resolve("request.properties");
  }

  Path classes() {
    return root.resolve("classes");
  }

  void delete() throws IOException {
    try (var files = Files.walk(root)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
