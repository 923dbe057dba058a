package io.riskstream.benchmarks.datastream;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;

/** Reads JSON by Jackson's data binding; what is no valid event is dropped. */
final class UserEventSchema extends AbstractDeserializationSchema<UserEvent> {
  private static final long serialVersionUID = 1;

  private transient ObjectReader reader;

  @Override
  public void open(InitializationContext context) {
    reader = new ObjectMapper().readerFor(UserEvent.class);
  }

  @Override
  public UserEvent deserialize(byte[] message) throws IOException {
    try {
      UserEvent event = reader.readValue(message);
      return event.isValid() ? event : null;
    } catch (JacksonException malformed) {
      return null;
    }
  }
}
