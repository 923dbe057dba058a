package io.riskstream.risk;

import io.riskstream.activity.Entered;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.LedgerRow;

/** Where the results of one user's visit go, in the order in which they come about. */
public interface UserOutput {
  /** Takes a score change that has become final. */
  void ledgerRow(LedgerRow row);

  /** Takes a step in the life of an alert, of a shadow rule too. */
  void alert(Alert alert);

  /** Takes what the user did in a tumbling window that is final. */
  void activityRow(ActivityRow row);

  /** Takes the windows that the event that is being accepted brings its user into. */
  void entered(int typeNumber, Entered entered);
}
