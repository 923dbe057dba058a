package io.riskstream.benchmarks.contender.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives any jar to a Flink cluster by its REST interface, as the documentation of that has it. */
final class JobRest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String BOUNDARY = "riskstream-benchmarks";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final String address;

  JobRest(String address) {
    this.address = address;
  }

  /** Runs a jar's program on the cluster; returns the id of its job. */
  String run(Path jar, String mainClass, List<String> arguments)
      throws IOException, InterruptedException {
    var name = upload(jar);
    var request = JSON.createObjectNode().put("entryClass", mainClass);
    var list = request.putArray("programArgsList");
    arguments.forEach(list::add);
    var answer =
        send(
            request("/jars/" + name + "/run")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request.toString())));
    return answer.path("jobid").asText();
  }

  /** Returns what a job has counted, by name. */
  Map<String, Long> accumulators(String job) throws IOException, InterruptedException {
    var answer = send(request("/jobs/" + job + "/accumulators").GET());
    var counted = new HashMap<String, Long>();
    for (var one : answer.path("user-task-accumulators")) {
      counted.put(one.path("name").asText(), Long.parseLong(one.path("value").asText()));
    }
    return counted;
  }

  private String upload(Path jar) throws IOException, InterruptedException {
    var head =
        """
        --%s\r
        Content-Disposition: form-data; name="jarfile"; filename="%s"\r
        Content-Type: application/x-java-archive\r
        \r
        """
            .formatted(BOUNDARY, jar.getFileName());
    var body = new ByteArrayOutputStream();
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(Files.readAllBytes(jar));
    body.writeBytes("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(StandardCharsets.UTF_8));
    var answer =
        send(
            request("/jars/upload")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    return Path.of(answer.path("filename").asText()).getFileName().toString();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(LIMIT);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "Flink refuses %s: %s".formatted(answer.request().uri().getPath(), answer.body()));
    }
    return JSON.readTree(answer.body());
  }
}
