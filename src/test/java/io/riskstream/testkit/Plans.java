package io.riskstream.testkit;

import io.riskstream.activity.ActivityPlan;
import io.riskstream.model.EventTypes;
import io.riskstream.model.Ruleset;
import io.riskstream.model.WindowSpec;
import io.riskstream.risk.RiskPlan;
import io.riskstream.rules.RuleCompiler;
import io.riskstream.rules.Rulebook;
import io.riskstream.rules.RulesetException;
import java.util.List;

/** Windows and types of test pipelines: those that the configuration has by default. */
public final class Plans {
  public static final WindowSpec FIVE_MINUTES = new WindowSpec("5m/1m", 300_000, 60_000);
  public static final WindowSpec ONE_MINUTE = new WindowSpec("1m/30s", 60_000, 30_000);
  public static final ActivityPlan DEFAULT =
      new ActivityPlan(
          List.of(FIVE_MINUTES, ONE_MINUTE),
          new WindowSpec("activity", 600_000, 600_000),
          new EventTypes(
              List.of(
                  "failed_login",
                  "successful_login",
                  "logout",
                  "password_change",
                  "account_update",
                  "page_view",
                  "search",
                  "add_to_cart",
                  "checkout",
                  "purchase",
                  "refund",
                  "ad_impression",
                  "ad_click")));

  /** A profile holds for a day. */
  public static final RiskPlan RISK = new RiskPlan(DEFAULT, 86_400_000, "test");

  private Plans() {}

  /** Returns a book that holds the ruleset and no document. */
  public static Rulebook book(Ruleset initial) {
    try {
      return new Rulebook(initial, new RuleCompiler(DEFAULT.live(), DEFAULT.types()));
    } catch (RulesetException refused) {
      throw new IllegalArgumentException(refused);
    }
  }
}
