package io.riskstream.chaos.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Flink's REST interface; every answer comes within a bound, or not at all. */
public final class FlinkRest {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int INTERNAL_ERROR = 500;

  /** Of two that ask when a job's picture is just made anew, Flink answers one with an error. */
  private static final int ATTEMPTS = 5;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

  private final String address;
  private final Duration patience;
  private final HttpClient client;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param address {@code host:port} of the JobManager
   * @param patience longest that an answer may take
   */
  public FlinkRest(String address, Duration patience) {
    this.address = address;
    this.patience = patience;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .build();
  }

  /**
   * Returns the answer.
   *
   * @param path with a slash first
   * @throws IOException if there is none, or it is an error
   */
  public JsonNode get(String path) throws IOException, InterruptedException {
    var request = request(path).GET().build();
    var answer = send(request);
    for (var attempt = 1; attempt < ATTEMPTS && answer.statusCode() == INTERNAL_ERROR; attempt++) {
      Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
      answer = send(request);
    }
    return content(answer);
  }

  /** Sends a document and returns the answer. */
  public JsonNode post(String path, Object document) throws IOException, InterruptedException {
    var body = HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(document));
    return content(
        send(request(path).header("Content-Type", "application/json").POST(body).build()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(patience);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private JsonNode content(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != OK && answer.statusCode() != ACCEPTED) {
      throw new IOException(
          "%s answers %d: %s"
              .formatted(
                  answer.request().uri(),
                  answer.statusCode(),
                  new String(answer.body(), StandardCharsets.UTF_8)));
    }
    return json.readTree(answer.body());
  }
}
