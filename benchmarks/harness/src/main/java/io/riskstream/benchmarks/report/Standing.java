package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.measure.Repetition;
import io.riskstream.benchmarks.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What is known of one contender; it is ranked only if it is right and has not failed. */
public final class Standing {
  private final String name;
  private final Contender.Role role;
  private final List<Repetition> repetitions = new ArrayList<>();
  private Judgement judgement;
  private String failure;

  public Standing(String name, Contender.Role role) {
    this.name = name;
    this.role = role;
  }

  public String name() {
    return name;
  }

  public Contender.Role role() {
    return role;
  }

  /** Notes what became of the comparison with the reference model. */
  public void judged(Judgement by) {
    judgement = by;
  }

  /** Notes a measurement. */
  public void measured(Repetition repetition) {
    repetitions.add(repetition);
  }

  /** Notes why it could not be judged or measured; it takes part in nothing more. */
  public void failed(String reason) {
    failure = reason;
  }

  /** Returns whether it was compared and is right, and nothing has failed since. */
  public boolean isRight() {
    return failure == null && judgement != null && judgement.isRight();
  }

  /** Returns what became of it, as a word or two. */
  public String word() {
    return failure != null
        ? "FAILED"
        : judgement == null ? "not judged" : judgement.isRight() ? "right" : "WRONG";
  }

  public boolean isRanked() {
    return isRight() && !repetitions.isEmpty();
  }

  public Optional<Judgement> judgement() {
    return Optional.ofNullable(judgement);
  }

  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  public List<Repetition> repetitions() {
    return List.copyOf(repetitions);
  }

  /** Returns whether some of its figures are of whole runs, start included. */
  public boolean hasNoSteadyPart() {
    return repetitions.stream().anyMatch(repetition -> repetition.steady().isWhole());
  }

  public Spread eventsPerSecond() {
    return spread(repetition -> repetition.steady().eventsPerSecond());
  }

  public Spread eventsPerCpuSecond() {
    return spread(repetition -> repetition.steady().eventsPerCpuSecond());
  }

  public Spread spread(ToDoubleFunction<Repetition> figure) {
    return Spread.of(repetitions.stream().map(figure::applyAsDouble).toList());
  }
}
