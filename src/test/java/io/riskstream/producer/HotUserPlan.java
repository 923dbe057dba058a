package io.riskstream.producer;

import io.riskstream.load.PlannedRecord;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;

/** A plan in which every fifth event is one user's; repeats of an event stay with its user. */
final class HotUserPlan implements Iterator<PlannedRecord> {
  static final String USER = "hot-user";

  private static final int ONE_OF = 5;
  private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\"([^\"]*)\"");
  private static final Pattern USER_ID = Pattern.compile("\"user_id\":\"[^\"]*\"");

  private final Iterator<PlannedRecord> plan;

  HotUserPlan(Iterator<PlannedRecord> plan) {
    this.plan = plan;
  }

  @Override
  public boolean hasNext() {
    return plan.hasNext();
  }

  @Override
  public PlannedRecord next() {
    var planned = plan.next();
    var json = new String(planned.value(), StandardCharsets.UTF_8);
    var id = EVENT_ID.matcher(json);
    if (!id.find() || Utils.toPositive(Utils.murmur2(bytes(id.group(1)))) % ONE_OF != 0) {
      return planned;
    }
    var hot = USER_ID.matcher(json).replaceFirst("\"user_id\":\"" + USER + "\"");
    return new PlannedRecord(planned.sendOffsetNanos(), planned.kind(), bytes(USER), bytes(hot));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
