package io.riskstream.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riskstream.registry.RegistryAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;

/**
 * A web server that answers as a registry may, also as no registry should; what it is not told is
 * answered as "no such schema".
 */
public final class FakeRegistry implements AutoCloseable {
  /** A status and a body; one without breaks off. */
  public record Answer(int status, String body) {}

  public static final Answer NO_SCHEMA =
      new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final ConcurrentLinkedDeque<Answer> next = new ConcurrentLinkedDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  public FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "fake-registry");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it is, for one who waits a second. */
  public RegistryAddress address() {
    return address(null, Duration.ofSeconds(1));
  }

  public RegistryAddress address(String basicAuthOrNull, Duration requestTimeout) {
    var port = server.getAddress().getPort();
    return new RegistryAddress("http://127.0.0.1:" + port, basicAuthOrNull, requestTimeout);
  }

  /** Answers requests for the path so from now on. */
  public void answer(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
  }

  /** Has the schema under the id. */
  public void schema(int id, String avro) {
    answer("/schemas/ids/" + id, 200, "{\"schema\":" + quoted(avro) + "}");
  }

  /** Answers the next request so, whatever it asks for; a status of 0 is no answer at all. */
  public void answerNext(int status, String body) {
    next.add(new Answer(status, body));
  }

  /** Begins to answer the next request, and says no more in the middle of the body. */
  public void stallNext() {
    next.add(new Answer(200, null));
  }

  /** Returns method, path and authorization of each request so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(
        exchange.getRequestMethod()
            + " "
            + path
            + (authorization == null ? "" : " " + authorization));
    var unexpected = next.poll();
    var answer = unexpected == null ? answers.getOrDefault(path, NO_SCHEMA) : unexpected;
    if (answer.status() == 0) {
      return; // the connection stays open, and silent
    }
    if (answer.body() == null) {
      exchange.sendResponseHeaders(answer.status(), 100);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      return;
    }
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
