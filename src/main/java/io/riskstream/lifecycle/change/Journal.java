package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.change.ChangeRequest.Program;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.program.PreparedJob;
import io.riskstream.lifecycle.record.Deployment;
import io.riskstream.lifecycle.record.Deployments;
import io.riskstream.lifecycle.record.Operation;
import io.riskstream.lifecycle.record.Operation.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes down what is deployed and what is under way, before it is done. */
public final class Journal {
  private final Deployments deployments;
  private final String cluster;

  public Journal(Deployments deployments, String cluster) {
    this.deployments = deployments;
    this.cluster = cluster;
  }

  /** Notes a deployment that is about to be submitted. */
  public Deployment add(String action, PreparedJob prepared, Program program, String savepoint)
      throws LifecycleException {
    var graph = prepared.graph();
    return deployments.add(
        new Deployment(
            0,
            action,
            now(),
            cluster,
            prepared.jobId(),
            graph.jobName(),
            graph.parameters().getOrDefault(JobReport.VERSION, "unknown"),
            deployments.keepJar(program.jar().file()).getFileName().toString(),
            deployments.keepConfiguration(program.arguments()),
            program.parallelism(),
            savepoint,
            program.rollback()));
  }

  void remove(Deployment deployment) throws LifecycleException {
    deployments.remove(deployment);
  }

  /** Returns the change whose first step is about to be taken. */
  Operation begin(String action, String oldJob, String trigger, Deployment next)
      throws LifecycleException {
    var operation =
        new Operation(
            action,
            Step.STOPPING,
            ProcessHandle.current().pid(),
            now(),
            cluster,
            oldJob,
            trigger,
            "",
            next.jobId(),
            next.number());
    deployments.note(operation);
    return operation;
  }

  void note(Operation operation) throws LifecycleException {
    deployments.note(operation);
  }

  /** Notes that nothing is under way any more. */
  public void end() throws LifecycleException {
    deployments.clear();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
