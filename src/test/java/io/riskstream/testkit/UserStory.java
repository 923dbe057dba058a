package io.riskstream.testkit;

import static io.riskstream.testkit.Events.START;

import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.Coordinates;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.Ruleset;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserSnapshot;
import io.riskstream.packed.PackedWriter;
import io.riskstream.risk.RuleObserver;
import io.riskstream.risk.UserRisk;
import io.riskstream.risk.UserState;
import io.riskstream.risk.Verdict;
import java.util.List;
import java.util.Map;

/** What happens to the user ann, step by step, her state packed and unpacked after each. */
public final class UserStory {
  public final CollectedOutput out = new CollectedOutput();
  public final MapChunkStore chunks = new MapChunkStore();
  private final UserRisk risk;
  private final PackedWriter packing = new PackedWriter();
  private byte[] head = new UserState().pack(packing);
  private long line = Long.MIN_VALUE;

  public UserStory(Ruleset initial, GatedDocument... documents) {
    this(RuleObserver.NONE, initial, documents);
  }

  public UserStory(RuleObserver observer, Ruleset initial, GatedDocument... documents) {
    var book = Plans.book(initial);
    for (var document : documents) {
      book.add(document);
    }
    risk = new UserRisk(book, Plans.RISK, observer);
  }

  public Verdict accept(UserEvent event) {
    var user = UserState.unpack(head);
    var verdict = risk.accept(user, event, line, chunks, out);
    head = user.pack(packing);
    return verdict;
  }

  public void acceptRecorded(UserEvent event) {
    var user = UserState.unpack(head);
    risk.acceptRecorded(user, event, chunks, out);
    head = user.pack(packing);
  }

  public boolean profile(long millisAfterStart, Map<String, String> attributes) {
    var user = UserState.unpack(head);
    var update =
        new ProfileUpdate(
            "ann",
            START + millisAfterStart,
            attributes,
            new Coordinates("user-profiles", 0, 0, START),
            false);
    var holds = risk.accept(user, update, line, chunks);
    head = user.pack(packing);
    return holds;
  }

  /** Makes final what lies before. */
  public void finalizeBefore(long millisAfterStart) {
    finalizeBeforeMillis(START + millisAfterStart);
  }

  /** Makes everything final, as the end of the input does. */
  public void drain() {
    finalizeBeforeMillis(Long.MAX_VALUE);
  }

  private void finalizeBeforeMillis(long millis) {
    line = millis;
    var user = UserState.unpack(head);
    risk.finalizeBefore(user, "ann", line, chunks, out);
    head = user.pack(packing);
  }

  /** Returns when the user must be visited next, after the start; Long.MAX_VALUE for never. */
  public long nextDue() {
    var due = risk.nextDueMillis(UserState.unpack(head));
    return due == Long.MAX_VALUE ? due : due - START;
  }

  public UserSnapshot snapshot() {
    return risk.snapshot(UserState.unpack(head), "ann", true, 0, 0, 0);
  }

  public int headBytes() {
    return head.length;
  }

  public List<Alert> alerts() {
    return out.alerts;
  }

  public List<Alert> confirmed() {
    return out.alerts.stream().filter(step -> step.getStatus() == AlertStatus.confirmed).toList();
  }

  public List<LedgerRow> ledger() {
    return out.ledger;
  }

  public List<ActivityRow> activity() {
    return out.activity;
  }
}
