package io.riskstream.chaos.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The patches that come with the project. */
public final class Patches {
  private static final String MUTANTS = "/io/riskstream/chaos/mutants";
  private static final String VERSIONS = "/io/riskstream/chaos/versions";
  private static final String ENDING = ".yaml";

  private Patches() {}

  /** Returns the mutants of the guarantees, each of which a scenario must fail, by name. */
  public static List<Patch> mutants() throws PatchException {
    return all(MUTANTS);
  }

  /** Returns the versions that a job is upgraded to, right and broken ones, by name. */
  public static List<Patch> versions() throws PatchException {
    return all(VERSIONS);
  }

  /**
   * Returns the version of that name.
   *
   * @throws PatchException if there is none; says which there are
   */
  public static Patch version(String name) throws PatchException {
    return named(name, versions());
  }

  /**
   * Returns the mutant of that name.
   *
   * @throws PatchException if there is none; says which there are
   */
  public static Patch mutant(String name) throws PatchException {
    return named(name, mutants());
  }

  private static Patch named(String name, List<Patch> patches) throws PatchException {
    return patches.stream()
        .filter(patch -> patch.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new PatchException(
                    "there is no patch '%s'; there are %s"
                        .formatted(
                            name,
                            patches.stream().map(Patch::name).collect(Collectors.joining(", ")))));
  }

  private static List<Patch> all(String folder) throws PatchException {
    try {
      var uri = Patches.class.getResource(folder).toURI();
      if (!uri.getScheme().equals("jar")) {
        return read(Path.of(uri));
      }
      try (var jar = FileSystems.newFileSystem(jarOf(uri), Map.of())) {
        return read(jar.getPath(folder));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the patches of " + folder + " cannot be read", unreadable);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("a resource has an address", impossible);
    }
  }

  private static URI jarOf(URI resource) {
    return URI.create(resource.toString().split("!", 2)[0] + "!/");
  }

  private static List<Patch> read(Path folder) throws IOException, PatchException {
    List<Path> files;
    try (var listed = Files.list(folder)) {
      files = listed.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
    var patches = new ArrayList<Patch>();
    for (var file : files) {
      var name = file.getFileName().toString();
      patches.add(
          Patch.parse(name.substring(0, name.length() - ENDING.length()), Files.readString(file)));
    }
    return patches;
  }
}
