package io.riskstream.chaos.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results as JSON, for programs. */
public final class ResultFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultFile() {}

  /** Writes all results, over what was there. */
  public static void write(Path file, long seed, List<Result> results) throws IOException {
    var all = new LinkedHashMap<String, Object>();
    all.put("seed", seed);
    all.put("scenarios", results.stream().map(ResultFile::map).toList());
    JSON.writeValue(file.toFile(), all);
  }

  private static Map<String, Object> map(Result result) {
    var map = new LinkedHashMap<String, Object>();
    map.put("scenario", result.scenario());
    map.put("verdict", result.conclusion().name());
    map.put("proof", result.proof());
    map.put("recovery_seconds", result.recovery().map(time -> time.toMillis() / 1e3).orElse(null));
    map.put("replayed", result.replayed());
    map.put("stale_seconds", result.staleSeconds());
    map.put("took_seconds", result.took().toMillis() / 1e3);
    map.put("figures", result.figures());
    map.put("remarks", result.remarks());
    map.put("problems", result.problems());
    return map;
  }
}
