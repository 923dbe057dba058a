package io.riskstream.load.document;

/** The rulesets that a load publishes, as the JSON that documents hold. */
final class RulesetTexts {
  /** Looks at profiles, dimensions and values, has a rule in shadow, and trusts a login more. */
  private static final String FIRST =
      """
      {"version": "$VERSION",
       "weights": {"failed_login": 0.1, "successful_login": -0.08, "purchase": 0.01},
       "rules": [
        {"id": "high-score", "on": ["failed_login", "successful_login"],
         "condition": "score_after >= 0.8", "severity": "high", "cool-down": "10s",
         "description": "Logins fail again and again."},
        {"id": "event-burst", "window": "5m/1m", "condition": "count > 100",
         "cool-down": "30s", "description": "More events than a person makes."},
        {"id": "many-types", "window": "5m/1m", "severity": "high",
         "condition": "\\"failed_login\\" in counts && size(types) > 5",
         "description": "A failed login among many types of events."},
        {"id": "risky-purchase", "on": ["purchase"], "cool-down": "10s",
         "condition": "event.has_value && event.value >= 450.0 && \\"region\\" in dimensions && \
      dimensions[\\"region\\"] == \\"EMEA\\" && !(\\"segment\\" in profile && profile[\\"segment\\"] == \\"vip\\")",
         "description": "Much money in one purchase, from a region that is watched.",
         "runbook": "https://runbooks.example/risky-purchase"},
        {"id": "newcomer-clicks", "on": ["ad_click"], "mode": "shadow", "severity": "low",
         "condition": "event.value >= 0.9 && \\"segment\\" in profile && profile[\\"segment\\"] == \\"new\\"",
         "cool-down": "30s", "description": "Tried out: dear clicks of new users."},
        {"id": "busy-stranger", "window": "1m/30s", "severity": "low", "cool-down": "1m",
         "condition": "!has_profile && count > 20 && size(types) > 3",
         "description": "Does much and is known to nobody."}]}
      """;

  /** Drops two rules, weighs a failure more, and has levels of its own. */
  private static final String SECOND =
      """
      {"version": "$VERSION",
       "weights": {"failed_login": 0.12, "successful_login": -0.05},
       "clamps": {"floor": 0, "ceiling": 0.96},
       "levels": [{"name": "low", "from": 0}, {"name": "medium", "from": 0.36},
                  {"name": "high", "from": 0.84}],
       "rules": [
        {"id": "high-score", "on": ["failed_login", "successful_login"],
         "condition": "score_after >= 0.84 && score_before < score_after", "severity": "high",
         "cool-down": "10s", "description": "Logins fail again and again."},
        {"id": "event-burst", "window": "5m/1m", "condition": "count > 100",
         "description": "More events than a person makes."},
        {"id": "many-types", "window": "5m/1m", "severity": "high",
         "condition": "\\"failed_login\\" in counts && size(types) > 5",
         "description": "A failed login among many types of events."},
        {"id": "risky-purchase", "on": ["purchase"], "cool-down": "10s", "severity": "high",
         "condition": "event.value >= 480.0 && \\"region\\" in dimensions",
         "description": "Much money in one purchase."}]}
      """;

  private RulesetTexts() {}

  static String first(String version) {
    return oneLine(FIRST, version);
  }

  static String second(String version) {
    return oneLine(SECOND, version);
  }

  /** A ruleset whose condition compares a number with a text. */
  static String ofWrongType(String version) {
    return first(version).replace("score_after >= 0.8", "score_after >= \\\"high\\\"");
  }

  private static String oneLine(String text, String version) {
    return text.strip().replaceAll("\\R *", "").replace("$VERSION", version);
  }
}
