package io.riskstream.lifecycle.program;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One line by which the process that runs a program tells something; every other line of it comes
 * from the program.
 */
record Message(Kind kind, List<String> words) {
  private static final String MARK = "@riskstream";

  /** What is told. */
  enum Kind {
    /** Name, parallelism, whether its checkpoints are retained. */
    JOB,
    /** Id, uid, name, greatest parallelism. */
    OPERATOR,
    /** Key, value. */
    PARAMETER,
    /** The graph is told; a savepoint, or nothing, may be given. */
    READY,
    /** The cluster has taken the job. */
    SUBMITTED,
    /** Why it could not be done. */
    FAILED
  }

  static Message of(Kind kind, String... words) {
    return new Message(kind, List.of(words));
  }

  /** Returns the message of a line, if it is one. */
  static Optional<Message> parse(String line) {
    var parts = line.split(" ", -1);
    if (parts.length < 2 || !parts[0].equals(MARK)) {
      return Optional.empty();
    }
    var words =
        Arrays.stream(parts)
            .skip(2)
            .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
            .toList();
    return Optional.of(new Message(Kind.valueOf(parts[1]), words));
  }

  String line() {
    return words.stream()
        .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
        .collect(Collectors.joining(" ", MARK + " " + kind + " ", ""));
  }
}
