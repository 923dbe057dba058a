package io.riskstream.risk;

import io.riskstream.model.UserEvent;
import io.riskstream.risk.state.PendingEvent.KeptFields;
import io.riskstream.rules.ActiveRules.Kept;
import java.util.HashMap;
import java.util.Map;

/** Takes from an event what the rules of its type look at. */
final class Keeping {
  private Keeping() {}

  static KeptFields of(UserEvent event, Kept kept) {
    if (kept.equals(Kept.NOTHING)) {
      return KeptFields.NOTHING;
    }
    return new KeptFields(
        kept.session() ? event.sessionId() : null,
        kept.value() ? event.valueMicros() : null,
        properties(event.properties(), kept));
  }

  private static Map<String, String> properties(Map<String, String> all, Kept kept) {
    if (kept.properties() == null) {
      return all;
    }
    var asked = new HashMap<String, String>();
    for (var name : kept.properties()) {
      var value = all.get(name);
      if (value != null) {
        asked.put(name, value);
      }
    }
    return asked;
  }
}
