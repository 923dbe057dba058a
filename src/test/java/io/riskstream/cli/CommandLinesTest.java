package io.riskstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.demo.faults.FaultPlan;
import io.riskstream.load.LoadShares;
import io.riskstream.manifest.SentTopics;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How the command lines of load and demo are read. */
class CommandLinesTest {
  @Test
  void loadHasThePipelinesDefaults() {
    var settings = load().settings();

    assertThat(settings.shares()).isEqualTo(LoadShares.DEFAULT);
    assertThat(settings.watermarkDelay()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.allowedLateness()).isEqualTo(Duration.ofMinutes(20));
    assertThat(settings.count()).isEqualTo(Long.MAX_VALUE);
    assertThat(settings.seed()).isEqualTo(1);
  }

  @Test
  void eachOptionOfLoadReachesThePlan() {
    var settings =
        load(
                "--rate=250",
                "--duration=4s",
                "--users=7",
                "--zipf=0.5",
                "--seed=9",
                "--start-time=1767225600000",
                "--watermark-delay=2s",
                "--allowed-lateness=3s",
                "--duplicates=0.01",
                "--conflicting-duplicates=0.02",
                "--out-of-order=0.03",
                "--late=0.04",
                "--malformed=0.05",
                "--future=0.06",
                "--scenes=0.07")
            .settings();

    assertThat(settings.count()).isEqualTo(1_000);
    assertThat(settings.users()).isEqualTo(7);
    assertThat(settings.zipfExponent()).isEqualTo(0.5);
    assertThat(settings.seed()).isEqualTo(9);
    assertThat(settings.startTimeMillis()).isEqualTo(1_767_225_600_000L);
    assertThat(settings.watermarkDelay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.allowedLateness()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.shares())
        .isEqualTo(new LoadShares(0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07));
  }

  @Test
  void loadSendsProfilesUnlessToldOtherwiseAndDocumentsOnlyIfAsked() {
    assertThat(load().topics()).isEqualTo(new SentTopics("events", "user-profiles", null));
    assertThat(load("--profiles=0").topics()).isEqualTo(SentTopics.eventsOnly("events"));
    assertThat(load("--topic=e", "--profiles-topic=p", "--documents", "--control-topic=c").topics())
        .isEqualTo(new SentTopics("e", "p", "c"));
    assertThat(load("--input=file", "--documents").topics())
        .isEqualTo(SentTopics.eventsOnly("events"));
  }

  @Test
  void whatCannotBeIsRefusedInASentence() {
    assertThatThrownBy(() -> load("--duration=5"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("'5' has no unit; write 30s or 5min");
    assertThatThrownBy(() -> load("--late=2").settings())
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("the share of late is 2.0");
    assertThatThrownBy(() -> load("--profiles=-1").settings())
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("the share of profile updates for each event is -1.0");
    assertThatThrownBy(() -> load("--topic=user-profiles").topics())
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("need topics of their own");
    assertThatThrownBy(() -> load("--duration=5s", "--count=3"))
        .isInstanceOf(ParameterException.class);
    assertThatThrownBy(() -> demo("--web-port=70000").settings())
        .isInstanceOf(ParameterException.class)
        .hasMessage("--web-port must be 0 or a port");
    assertThatThrownBy(() -> demo("--input=no/such/file").settings())
        .isInstanceOf(ParameterException.class)
        .hasMessage("--input no/such/file is no file that can be read");
  }

  @Test
  void theDemoRunsUntilItIsStoppedUnlessToldOtherwise() {
    assertThat(demo().settings().durationOrNull()).isNull();
    assertThat(demo("--duration=30s").settings().durationOrNull())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(demo().settings().ratePerSecond()).isEqualTo(5_000);
  }

  @Test
  void theDemosFaultsReachItsPlan() {
    assertThat(demo("--duration=40s").faultPlan()).isEqualTo(FaultPlan.none());
    assertThat(
            demo("--duration=40s", "--kill-task-manager-at=15s", "--redis-outage=20s+8s")
                .faultPlan())
        .isEqualTo(
            new FaultPlan(
                Duration.ofSeconds(15),
                new FaultPlan.Outage(Duration.ofSeconds(20), Duration.ofSeconds(8))));
  }

  @Test
  void aFaultThatWouldNotHitIsRefusedInASentence() {
    assertThatThrownBy(() -> demo("--kill-task-manager-at=5s").faultPlan())
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--kill-task-manager-at needs a --duration");
    assertThatThrownBy(() -> demo("--duration=5s", "--kill-task-manager-at=5s").faultPlan())
        .hasMessageContaining("--kill-task-manager-at (5.0 s) is not before the end of --duration");
    assertThatThrownBy(() -> demo("--duration=9s", "--redis-outage=5s+4s").faultPlan())
        .hasMessageContaining("the end of --redis-outage (9.0 s)");
    assertThatThrownBy(() -> demo("--redis-outage=5s"))
        .hasMessageContaining("'5s' is no outage; say when it begins");
    assertThatThrownBy(() -> demo("--redis-outage=5s+0s"))
        .hasMessageContaining("must last longer than nothing");
  }

  private static LoadCommand load(String... arguments) {
    var command = new LoadCommand();
    var all = new String[arguments.length + 1];
    all[0] = "--bootstrap-servers=127.0.0.1:9092";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    new CommandLine(command).parseArgs(all);
    return command;
  }

  private static DemoCommand demo(String... arguments) {
    var command = new DemoCommand();
    new CommandLine(command).parseArgs(arguments);
    return command;
  }

  @Test
  void avroNeedsARegistryAndGeneratedEvents() {
    var noRegistry =
        CommandLineRun.of("load", "--bootstrap-servers", "absent.invalid:1", "--format", "avro");
    assertThat(noRegistry.status()).isEqualTo(2);
    assertThat(noRegistry.err()).contains("needs --registry URL");

    var file = CommandLineRun.of("demo", "--format", "mixed", "--input", "pom.xml");
    assertThat(file.status()).isEqualTo(2);
    assertThat(file.err()).contains("--format is of generated events");
  }
}
