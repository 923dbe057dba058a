package io.riskstream.chaos.mutant;

/**
 * One replacement in a source file.
 *
 * @param file path below src/main/java
 * @param find exact text, which the file has once
 * @param replace what stands there instead
 */
public record Edit(String file, String find, String replace) {
  /**
   * Returns the source with the replacement.
   *
   * @throws PatchException if the text is not there exactly once
   */
  String applyTo(String source, String patch) throws PatchException {
    var at = source.indexOf(find);
    if (find.isEmpty() || at < 0 || source.indexOf(find, at + 1) >= 0) {
      throw new PatchException(
          "patch %s: %s has %s: %s%nThe sources have moved on; adapt the patch to them."
              .formatted(patch, file, at < 0 ? "nowhere" : "not exactly once", find));
    }
    return source.substring(0, at) + replace + source.substring(at + find.length());
  }
}
