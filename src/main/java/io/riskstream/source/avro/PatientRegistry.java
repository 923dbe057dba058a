package io.riskstream.source.avro;

import io.riskstream.registry.AvroSchemas;
import io.riskstream.registry.RefusedSchemaException;
import io.riskstream.registry.RegistryAddress;
import io.riskstream.registry.RegistryClient;
import io.riskstream.registry.RegistryUnavailableException;
import io.riskstream.source.avro.CachedSchemas.Absent;
import io.riskstream.source.avro.CachedSchemas.Answer;
import io.riskstream.source.avro.CachedSchemas.Unusable;
import io.riskstream.source.avro.CachedSchemas.Usable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registry until it answers, for ever: its absence is never taken for an answer. Meanwhile
 * the task stands still, and with it checkpoints; metrics and the log say so, which repeats it
 * every five minutes and whenever the trouble becomes another one. Ends at once when the thread is
 * interrupted.
 */
final class PatientRegistry implements CachedSchemas.Authority {
  private static final Logger LOG = LoggerFactory.getLogger(PatientRegistry.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration SAID_AGAIN = Duration.ofMinutes(5);

  private final RegistryAddress address;
  private final Counter requests;
  private final Counter retries;
  private RegistryClient client;
  private volatile long troubleSinceNanos;
  private volatile boolean inTrouble;
  private String lastSaid;
  private long saidNanos;

  PatientRegistry(RegistryAddress address, MetricGroup metrics) {
    this.address = address;
    requests = metrics.counter("registryRequests");
    retries = metrics.counter("registryRetries");
    metrics.gauge("registryUnavailableMillis", this::unavailableMillis);
  }

  @Override
  public Answer ask(int id) throws InterruptedException {
    if (id < 0) {
      return new Absent("no id is negative");
    }
    for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
      try {
        var answer = askOnce(id);
        endTrouble();
        return answer;
      } catch (RegistryUnavailableException unavailable) {
        beginTrouble(id, unavailable);
        retries.inc();
        LockSupport.parkNanos(pause.toNanos());
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while waiting for the schema registry");
        }
      }
    }
  }

  private Answer askOnce(int id) throws RegistryUnavailableException, InterruptedException {
    requests.inc();
    if (client == null) {
      client = new RegistryClient(address); // it has threads, which a topic of JSON needs not
    }
    var found = client.schema(id);
    if (found.isEmpty()) {
      return new Absent(
          "the registry " + address + " has none; register it before the first record is sent");
    }
    try {
      var schema = AvroSchemas.parse(found.get(), client);
      return schema.getType() == Schema.Type.RECORD
          ? new Usable(new WriterSchema(schema))
          : new Unusable("it is of type " + schema.getType().getName() + ", not record");
    } catch (RefusedSchemaException noAvro) {
      return new Unusable(noAvro.getMessage());
    }
  }

  private void beginTrouble(int id, RegistryUnavailableException unavailable) {
    var now = System.nanoTime();
    var message = unavailable.getMessage();
    if (!inTrouble) {
      troubleSinceNanos = now;
    } else if (message.equals(lastSaid) && now - saidNanos < SAID_AGAIN.toNanos()) {
      return;
    }
    inTrouble = true;
    lastSaid = message;
    saidNanos = now;
    LOG.warn(
        "schema {} cannot be looked up, so this task stands still and tries again until it can, for"
            + " {} ms now: {}",
        id,
        unavailableMillis(),
        message);
  }

  private void endTrouble() {
    if (inTrouble) {
      LOG.warn("the registry {} answers again, after {} ms", address, unavailableMillis());
      inTrouble = false;
    }
  }

  private long unavailableMillis() {
    return inTrouble ? (System.nanoTime() - troubleSinceNanos) / 1_000_000 : 0;
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
