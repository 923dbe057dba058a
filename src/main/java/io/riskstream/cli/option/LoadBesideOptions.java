package io.riskstream.cli.option;

import io.riskstream.load.LoadSettings;
import io.riskstream.load.MergedPlan;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.document.DocumentPlan;
import io.riskstream.load.profile.ProfilePlan;
import io.riskstream.load.profile.ProfileShares;
import io.riskstream.manifest.SentTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What is sent beside generated events: profile updates and documents, each to its own topic. */
public final class LoadBesideOptions {
  @Option(
      names = "--profiles",
      paramLabel = "SHARE",
      defaultValue = "0.02",
      description = "profile updates for each event; 0 for none (${DEFAULT-VALUE})")
  private double profilesPerEvent;

  @Option(
      names = "--profiles-topic",
      paramLabel = "TOPIC",
      defaultValue = "user-profiles",
      description = "where profile updates go (${DEFAULT-VALUE})")
  private String profilesTopic;

  @Option(
      names = "--documents",
      description =
          "publish rulesets, suppressions, a dimension and a rule switched off in the course of"
              + " the run; the job under load will follow them")
  private boolean documents;

  @Option(
      names = "--control-topic",
      paramLabel = "TOPIC",
      defaultValue = "control",
      description = "where documents go (${DEFAULT-VALUE})")
  private String controlTopic;

  @Option(
      names = "--max-future-skew",
      converter = DurationConverter.class,
      defaultValue = "5min",
      description = "the pipeline's time.max-future-skew (${DEFAULT-VALUE})")
  private Duration maxFutureSkew;

  @Option(
      names = "--rules-guard",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description =
          "the pipeline's rules.guard; with the skew it says when cuts are (${DEFAULT-VALUE})")
  private Duration rulesGuard;

  /** Returns the topics of a run of generated events. */
  public SentTopics topics(String eventsTopic) {
    return new SentTopics(
        eventsTopic, profilesPerEvent > 0 ? profilesTopic : null, documents ? controlTopic : null);
  }

  /** Returns the shares of profile updates. */
  public ProfileShares profiles() {
    return ProfileShares.of(profilesPerEvent);
  }

  /** Returns the events with what is sent beside them. */
  public Iterator<PlannedRecord> beside(LoadSettings settings, Iterator<PlannedRecord> events) {
    var plans = new ArrayList<Iterator<PlannedRecord>>();
    if (documents) {
      plans.add(new DocumentPlan(settings, cutDelay()));
    }
    plans.add(new ProfilePlan(settings, profiles()));
    plans.add(events);
    return new MergedPlan(List.copyOf(plans));
  }

  /** Returns what the manifest says of it. */
  public Map<String, String> describe() {
    var described = new LinkedHashMap<String, String>();
    described.put("profiles", profiles().toString());
    if (documents) {
      described.put("cut_delay", cutDelay().toString());
    }
    return described;
  }

  private Duration cutDelay() {
    return maxFutureSkew.plus(rulesGuard);
  }
}
