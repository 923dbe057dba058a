package io.riskstream.source.control;

import io.riskstream.model.ControlDocument;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns each record of the control topic into the document that it is. One that is none changes
 * nothing in the job: it is refused with its place and the reason, and counted.
 */
final class ControlDeserializer implements KafkaRecordDeserializationSchema<ControlDocument> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ControlDeserializer.class);

  private final TypeInformation<ControlDocument> producedType;
  private transient Counter accepted;
  private transient Counter refused;

  ControlDeserializer(TypeInformation<ControlDocument> producedType) {
    this.producedType = producedType;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    accepted = context.getMetricGroup().counter("controlAccepted");
    refused = context.getMetricGroup().counter("controlRefused");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> consumed, Collector<ControlDocument> out) {
    try {
      var document = ControlDecoder.decode(consumed.value());
      accepted.inc();
      out.collect(document);
    } catch (ControlRefusal refusal) {
      refused.inc();
      LOG.error(
          "control document {}-{}@{} is refused and changes nothing: {}; publish a corrected one",
          consumed.topic(),
          consumed.partition(),
          consumed.offset(),
          refusal.getMessage());
    }
  }

  @Override
  public TypeInformation<ControlDocument> getProducedType() {
    return producedType;
  }
}
