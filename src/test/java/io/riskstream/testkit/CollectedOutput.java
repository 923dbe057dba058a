package io.riskstream.testkit;

import io.riskstream.activity.Entered;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.LedgerRow;
import io.riskstream.risk.UserOutput;
import java.util.ArrayList;
import java.util.List;

/** All that visits to users gave, in order. */
public final class CollectedOutput implements UserOutput {
  public final List<LedgerRow> ledger = new ArrayList<>();
  public final List<Alert> alerts = new ArrayList<>();
  public final List<ActivityRow> activity = new ArrayList<>();
  public int entered;

  @Override
  public void ledgerRow(LedgerRow row) {
    ledger.add(row);
  }

  @Override
  public void alert(Alert alert) {
    alerts.add(alert);
  }

  @Override
  public void activityRow(ActivityRow row) {
    activity.add(row);
  }

  @Override
  public void entered(int typeNumber, Entered windows) {
    entered++;
  }
}
