package io.riskstream.source.control;

import io.riskstream.config.ActivityConfig.LiveWindow;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.EventTypes;
import io.riskstream.model.WindowSpec;
import io.riskstream.rules.RuleCompiler;
import io.riskstream.rules.document.DocumentGate;
import io.riskstream.rules.document.TableFiles;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Makes gates of documents that all judge alike; shipped with the job to whoever needs one. */
public final class DocumentGates implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long maxFutureSkewMillis;
  private final long guardMillis;
  private final ArrayList<LiveWindow> live;
  private final ArrayList<String> types;

  public DocumentGates(RiskstreamConfig config) {
    maxFutureSkewMillis = config.time().maxFutureSkew().toMillis();
    guardMillis = config.rules().guard().toMillis();
    live = new ArrayList<>(config.activity().live());
    types = new ArrayList<>(config.activity().types());
  }

  /** Returns a gate that has judged nothing yet, and reads the files that documents name. */
  public DocumentGate create() {
    return create(new ParquetTables());
  }

  DocumentGate create(TableFiles files) {
    return new DocumentGate(
        new DocumentGate.Settings(maxFutureSkewMillis, guardMillis), compiler(), files);
  }

  /** Returns the compiler by which the gates judge. */
  public RuleCompiler compiler() {
    return new RuleCompiler(windows(), new EventTypes(types));
  }

  private List<WindowSpec> windows() {
    return live.stream()
        .map(
            window ->
                new WindowSpec(
                    window.name(), window.size().toMillis(), window.slide().toMillis()))
        .toList();
  }
}
