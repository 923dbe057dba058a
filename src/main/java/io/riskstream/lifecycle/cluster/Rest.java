package io.riskstream.lifecycle.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks Flink's REST interface; each question ends within a bounded time. */
final class Rest {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
  private static final int NOT_FOUND = 404;

  private static final int CLIENT_ERROR = 400;

  /** From here on it may be otherwise soon, as where a JobManager or a job is about to begin. */
  private static final int SERVER_ERROR = 500;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  Rest(String address) {
    this.address = address;
  }

  /** Returns the answer, or nothing if there is no such thing. */
  Optional<JsonNode> get(String path) throws LifecycleException, InterruptedException {
    return send(request(path).GET().build());
  }

  Optional<JsonNode> post(String path, Map<String, Object> body)
      throws LifecycleException, InterruptedException {
    try {
      var text = JSON.writeValueAsString(body);
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(text))
              .build());
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException(unwritable);
    }
  }

  Optional<JsonNode> patch(String path) throws LifecycleException, InterruptedException {
    return send(request(path).method("PATCH", BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(ANSWER_LIMIT);
  }

  private Optional<JsonNode> send(HttpRequest request)
      throws LifecycleException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = client.send(request, BodyHandlers.ofString());
    } catch (IOException silent) {
      throw new NoAnswerException(
          "no Flink cluster answers at %s; start one (riskstream cluster start), or correct --jobmanager"
              .formatted(address),
          silent);
    }
    if (response.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    if (response.statusCode() >= SERVER_ERROR) {
      throw new NoAnswerException(problem(request, response), null);
    }
    if (response.statusCode() >= CLIENT_ERROR) {
      throw new LifecycleException(problem(request, response));
    }
    try {
      return Optional.of(JSON.readTree(response.body()));
    } catch (JsonProcessingException other) {
      throw new LifecycleException(
          "what answers at %s is no Flink JobManager; correct --jobmanager (the port of its web interface)"
              .formatted(address),
          other);
    }
  }

  private String problem(HttpRequest request, HttpResponse<String> response) {
    return "the cluster at %s answers %s %s with status %d: %s"
        .formatted(
            address,
            request.method(),
            request.uri().getPath(),
            response.statusCode(),
            firstLines(response.body()));
  }

  /** Flink answers with whole stack traces. */
  private static String firstLines(String body) {
    var text = body.replace("\\n", "\n").replace("\\t", " ");
    return text.lines()
        .filter(line -> !line.startsWith(" at "))
        .limit(6)
        .reduce("", (a, b) -> a + "\n  " + b);
  }
}
