package io.riskstream.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.registry.RegisteredSchema.Reference;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a schema registry over Confluent's REST interface. Every call is bounded in time, ends at
 * once when its thread is interrupted, and tells an answer from the lack of one: only the
 * registry's own "not found" counts as not found.
 */
public final class RegistryClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int NO_SUBJECT = 40401;
  private static final int NO_VERSION = 40402;
  private static final int NO_SCHEMA = 40403;
  private static final int LONGEST_SHOWN = 200;

  private final RegistryAddress address;
  private final HttpClient http;

  public RegistryClient(RegistryAddress address) {
    this.address = address;
    // HTTP/1.1: an upgrade to 2 costs a round trip, and some registries stumble over the request.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(address.requestTimeout())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  public RegistryAddress address() {
    return address;
  }

  /**
   * Returns the schema of that id, or nothing where the registry says that it has none.
   *
   * @throws RegistryUnavailableException if the registry gives no answer
   */
  public Optional<RegisteredSchema> schema(int id)
      throws RegistryUnavailableException, InterruptedException {
    var found = get("/schemas/ids/" + id, NO_SCHEMA);
    return found.isEmpty() ? Optional.empty() : Optional.of(schemaOf(found.get()));
  }

  /** Returns the numbers of a subject's versions; empty where there is no such subject. */
  public List<Integer> versions(String subject)
      throws RegistryUnavailableException, InterruptedException {
    var versions = new ArrayList<Integer>();
    get("/subjects/" + encoded(subject) + "/versions", NO_SUBJECT)
        .ifPresent(list -> list.forEach(version -> versions.add(version.asInt())));
    return versions;
  }

  /** Returns one version of a subject, or nothing where there is none. */
  public Optional<RegisteredSchema> version(String subject, int version)
      throws RegistryUnavailableException, InterruptedException {
    var path = "/subjects/" + encoded(subject) + "/versions/" + version;
    var found = get(path, NO_SUBJECT, NO_VERSION);
    return found.isEmpty() ? Optional.empty() : Optional.of(schemaOf(found.get()));
  }

  /**
   * Registers an Avro schema as the subject's next version and returns its id; the same schema
   * twice is one version.
   *
   * @throws RefusedSchemaException if the registry does not take it
   */
  public int register(String subject, String avro)
      throws RegistryUnavailableException, RefusedSchemaException, InterruptedException {
    var body = JSON.createObjectNode().put("schema", avro).toString();
    var request =
        request("/subjects/" + encoded(subject) + "/versions")
            .header("Content-Type", MEDIA_TYPE)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    var response = send(request.build());
    if (response.statusCode() == 409 || response.statusCode() == 422) {
      throw new RefusedSchemaException(
          "the registry " + address + " refuses the schema: " + shown(response.body()));
    }
    var id = response.statusCode() == 200 ? parse(response).get("id") : null;
    if (id == null || !id.isInt()) {
      throw unexpected(response);
    }
    return id.intValue();
  }

  private Optional<JsonNode> get(String path, int... notFound)
      throws RegistryUnavailableException, InterruptedException {
    var response = send(request(path).GET().build());
    if (response.statusCode() == 404) {
      var code = parse(response).path("error_code").asInt();
      for (var absent : notFound) {
        if (code == absent) {
          return Optional.empty();
        }
      }
    }
    if (response.statusCode() != 200) {
      throw unexpected(response);
    }
    return Optional.of(parse(response));
  }

  private HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(address.requestTimeout())
            .header("Accept", MEDIA_TYPE + ", application/json");
    var authorization = address.authorizationOrNull();
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private HttpResponse<String> send(HttpRequest request)
      throws RegistryUnavailableException, InterruptedException {
    // The request's own timeout ends with the headers; this one covers the body, too.
    var answer = http.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      return answer.get(address.requestTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw tooLate(late);
    } catch (ExecutionException failed) {
      var cause = failed.getCause();
      if (cause instanceof HttpTimeoutException) {
        throw tooLate(cause);
      } else if (cause instanceof ConnectException) {
        throw unavailable("cannot be reached; start it, or correct the address", cause);
      }
      if (cause instanceof IOException) {
        throw unavailable("cannot be asked: " + cause.getMessage(), cause);
      }
      throw new IllegalStateException("the registry " + address + " cannot be asked", cause);
    } finally {
      answer.cancel(true); // closes the connection of an answer that nobody waits for any more
    }
  }

  private RegistryUnavailableException tooLate(Throwable late) {
    return unavailable(
        "does not answer within " + address.requestTimeout().toMillis() + " ms; start it", late);
  }

  private JsonNode parse(HttpResponse<String> response) throws RegistryUnavailableException {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException noJson) {
      throw unexpected(response);
    }
  }

  private RegistryUnavailableException unexpected(HttpResponse<String> response) {
    var status = response.statusCode();
    var remedy =
        switch (status) {
          case 401 -> "it wants to know who asks: set schema-registry.basic-auth";
          case 403 -> "grant the user of schema-registry.basic-auth the right to read schemas";
          case 404 -> "is that the root of the interface? correct schema-registry.url";
          default -> "look at the registry's log";
        };
    return unavailable("answers " + status + " (" + shown(response.body()) + "); " + remedy, null);
  }

  private RegistryUnavailableException unavailable(String problem, Throwable causeOrNull) {
    return new RegistryUnavailableException("the registry " + address + " " + problem, causeOrNull);
  }

  private RegisteredSchema schemaOf(JsonNode found) throws RegistryUnavailableException {
    if (!found.path("schema").isTextual()) {
      throw unavailable("answers without a schema; is it a registry?", null);
    }
    var references = new ArrayList<Reference>();
    for (var reference : found.path("references")) {
      references.add(
          new Reference(reference.path("subject").asText(), reference.path("version").asInt()));
    }
    return new RegisteredSchema(
        found.path("schemaType").asText(RegisteredSchema.AVRO),
        found.path("schema").textValue(),
        List.copyOf(references));
  }

  private static String shown(String body) {
    var line = body.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
