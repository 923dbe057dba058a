package io.riskstream.testkit;

import io.riskstream.server.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What Prometheus would show of a job in this process: scraped from Flink's reporter over HTTP, and
 * relabelled as the shipped example says.
 */
public final class Prometheus {
  private static final Path SHIPPED = Path.of("flink-conf", "prometheus.yml");
  private static final String NAME = "__name__";
  private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*?),?})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  /** One series: its labels, the name among them, and what it stands at. */
  public record Series(Map<String, String> labels, double value) {
    public String name() {
      return labels.get(NAME);
    }

    public String label(String name) {
      return labels.get(name);
    }
  }

  /** Takes a free port. */
  public Prometheus() throws IOException {
    port = Ports.choose("Prometheus", 0);
  }

  /** Returns the settings of Flink under which a job shows itself here, as the example has them. */
  public Map<String, String> settings() {
    return Map.of(
        "metrics.reporters",
        "prom",
        "metrics.reporter.prom.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
        "metrics.reporter.prom.port",
        Integer.toString(port),
        "metrics.reporter.prom.filterLabelValueCharacters",
        "false");
  }

  /** Returns what the reporter says, as it is. */
  public String scrapeRaw() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** Returns the contract's series. */
  public List<Series> scrape() throws IOException, InterruptedException {
    return relabelled(scrapeRaw()).stream()
        .filter(series -> series.name().startsWith("pipeline_"))
        .toList();
  }

  /** Applies the rules of the example to what a reporter says. */
  @SuppressWarnings("unchecked")
  public static List<Series> relabelled(String scraped) throws IOException {
    var shipped =
        (Map<String, List<Map<String, Object>>>)
            new Load(LoadSettings.builder().build()).loadFromString(Files.readString(SHIPPED));
    var rules =
        (List<Map<String, Object>>)
            shipped.get("scrape_configs").get(0).get("metric_relabel_configs");
    var all = new ArrayList<Series>();
    for (var line : scraped.split("\n", -1)) {
      var parts = LINE.matcher(line);
      if (!line.startsWith("#") && parts.matches()) {
        var labels = new TreeMap<String, String>(Map.of(NAME, parts.group(1)));
        var given = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
        while (given.find()) {
          labels.put(given.group(1), given.group(2));
        }
        rules.forEach(rule -> replace(rule, labels));
        all.add(new Series(labels, Double.parseDouble(parts.group(3))));
      }
    }
    return all;
  }

  /** Prometheus' action replace, whose expressions match the whole. */
  @SuppressWarnings("unchecked")
  private static void replace(Map<String, Object> rule, Map<String, String> labels) {
    var values =
        ((List<String>) rule.get("source_labels"))
            .stream().map(label -> labels.getOrDefault(label, "")).toList();
    var match = Pattern.compile((String) rule.get("regex")).matcher(String.join(";", values));
    if (match.matches()) {
      labels.put(
          (String) rule.get("target_label"), match.replaceFirst((String) rule.get("replacement")));
    }
  }
}
