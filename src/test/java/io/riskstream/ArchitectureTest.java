package io.riskstream;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The arrows between packages. Packages are named as DESIGN section 5 names them, those that do not
 * exist yet too, so that each is held from its first class on.
 */
@AnalyzeClasses(
    packages = ArchitectureTest.ROOT,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  static final String ROOT = "io.riskstream";

  private static final String MODEL = ROOT + ".model..";
  private static final String CONFIG = ROOT + ".config..";
  private static final String FILES = ROOT + ".files..";
  private static final String SOURCE = ROOT + ".source..";
  private static final String SINK = ROOT + ".sink..";
  private static final String PIPELINE = ROOT + ".pipeline..";
  private static final String REFERENCE = ROOT + ".reference..";
  private static final String MANIFEST = ROOT + ".manifest..";
  private static final String REGISTRY = ROOT + ".registry..";
  private static final String LOAD = ROOT + ".load..";
  private static final String PRODUCER = ROOT + ".producer..";
  private static final String OPS = ROOT + ".ops..";
  private static final String BATCH = ROOT + ".batch..";
  private static final String RUN = ROOT + ".run..";
  private static final String SERVER = ROOT + ".server..";
  private static final String[] DOMAIN = {
    ROOT + ".risk..",
    ROOT + ".activity..",
    ROOT + ".attribution..",
    ROOT + ".quality..",
    ROOT + ".rules..",
    ROOT + ".packed.."
  };
  private static final String[] PLATFORM = {
    "org.apache.flink..",
    "org.apache.kafka..",
    "org.apache.parquet..",
    "org.apache.hadoop..",
    "redis.."
  };

  @ArchTest static final ArchRule modelImportsNothingOfOurs = mayImportOfOurs(MODEL);

  @ArchTest
  static final ArchRule modelIsFreeOfFlinkKafkaAndRedis =
      noClasses()
          .that()
          .resideInAPackage(MODEL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PLATFORM)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule riskImportsModelActivityAndRules =
      mayImportOfOurs(DOMAIN[0], MODEL, DOMAIN[1], DOMAIN[4], DOMAIN[5]);

  @ArchTest
  static final ArchRule activityImportsModelOnly = mayImportOfOurs(DOMAIN[1], MODEL, DOMAIN[5]);

  @ArchTest static final ArchRule rulesImportModelOnly = mayImportOfOurs(DOMAIN[4], MODEL);
  @ArchTest static final ArchRule packedImportsNothingOfOurs = mayImportOfOurs(DOMAIN[5]);
  @ArchTest static final ArchRule attributionImportsModelOnly = mayImportOfOurs(DOMAIN[2], MODEL);

  @ArchTest
  static final ArchRule qualityImportsModelOnly = mayImportOfOurs(DOMAIN[3], MODEL, DOMAIN[5]);

  @ArchTest
  static final ArchRule domainIsFreeOfFlinkKafkaParquetAndRedis =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PLATFORM)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule domainAndReferenceReadNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .or()
          .resideInAPackage(REFERENCE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule referenceDoesNotImportTheDomain =
      mayImportOfOurs(REFERENCE, MODEL, MANIFEST);

  @ArchTest
  static final ArchRule referenceIsFreeOfFlinkKafkaAndRedis =
      noClasses()
          .that()
          .resideInAPackage(REFERENCE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PLATFORM)
          .allowEmptyShould(true);

  @ArchTest static final ArchRule configImportsNothingOfOurs = mayImportOfOurs(CONFIG);

  @ArchTest
  static final ArchRule configImportsNothingOfFlinkButItsConfiguration =
      noClasses()
          .that()
          .resideInAPackage(CONFIG)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(PLATFORM)
                  .and(resideOutsideOfPackage("org.apache.flink.configuration..")));

  @ArchTest static final ArchRule filesImportNothingOfOurs = mayImportOfOurs(FILES);

  /** Flink's own takes a child that goes meanwhile for a failure, and a refusal for no folder. */
  @ArchTest
  static final ArchRule onlyFilesListsFoldersOfFlinks =
      noClasses()
          .that()
          .resideOutsideOfPackage(FILES)
          .should()
          .callMethod(FileSystem.class, "listStatus", Path.class);

  @ArchTest static final ArchRule manifestImportsModelOnly = mayImportOfOurs(MANIFEST, MODEL);

  @ArchTest
  static final ArchRule loadKnowsNothingOfThePipeline =
      mayImportOfOurs(LOAD, MODEL, MANIFEST, REGISTRY);

  @ArchTest static final ArchRule registryImportsNothingOfOurs = mayImportOfOurs(REGISTRY);

  /** It is for producers of other people's, who have Kafka's client and nothing of ours. */
  @ArchTest static final ArchRule producerImportsNothingOfOurs = mayImportOfOurs(PRODUCER);

  /** Of the rules the control topic's gate, which says what is a document. */
  @ArchTest
  static final ArchRule sourceImportsModelConfigRegistryAndRules =
      mayImportOfOurs(SOURCE, MODEL, CONFIG, REGISTRY, DOMAIN[4]);

  @ArchTest
  static final ArchRule sinkImportsModelConfigFilesAndRules =
      mayImportOfOurs(SINK, MODEL, CONFIG, FILES, DOMAIN[4]);

  @ArchTest
  static final ArchRule runImportsWhatItRuns =
      mayImportOfOurs(RUN, CONFIG, FILES, PIPELINE, SOURCE);

  /** A local cluster is to it a Flink cluster like any other. */
  @ArchTest
  static final ArchRule lifecycleImportsTheStatesDescriptionOnly =
      mayImportOfOurs(ROOT + ".lifecycle..", CONFIG, PIPELINE);

  @ArchTest static final ArchRule serverImportsNothingOfOurs = mayImportOfOurs(SERVER);

  /** It makes builds of sources and a jar, and knows neither. */
  @ArchTest
  static final ArchRule mutantImportsNothingOfOurs = mayImportOfOurs(ROOT + ".chaos.mutant..");

  @ArchTest
  static final ArchRule clusterImportsServersAtMost = mayImportOfOurs(ROOT + ".cluster..", SERVER);

  @ArchTest
  static final ArchRule proxyImportsNothingOfOurs = mayImportOfOurs(ROOT + ".chaos.proxy..");

  @ArchTest
  static final ArchRule watchImportsNothingOfOurs = mayImportOfOurs(ROOT + ".chaos.watch..");

  @ArchTest
  static final ArchRule stageKnowsNoFaults =
      mayImportOfOurs(
          ROOT + ".chaos.stage..",
          ROOT + ".chaos.proxy..",
          ROOT + ".chaos.watch..",
          ROOT + ".cluster..",
          SERVER);

  /** So that a fault can hit any load and any build of the job. */
  @ArchTest
  static final ArchRule faultsKnowTheStageOnly =
      mayImportOfOurs(
          ROOT + ".chaos.fault..",
          ROOT + ".chaos.stage..",
          ROOT + ".chaos.proxy..",
          ROOT + ".chaos.watch..",
          ROOT + ".cluster..",
          SERVER);

  @ArchTest
  static final ArchRule scenariosImportFaultsAndLoadAtMost =
      mayImportOfOurs(
          ROOT + ".chaos.scenario..", ROOT + ".chaos.fault..", ROOT + ".chaos.stage..", LOAD);

  @ArchTest
  static final ArchRule reportsImportNothingOfOurs = mayImportOfOurs(ROOT + ".chaos.report..");

  /** Verification knows nothing of what was done to the job. */
  @ArchTest
  static final ArchRule onlyTheCommandLineImportsChaos =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + ".chaos..", ROOT + ".cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".chaos..");

  @ArchTest
  static final ArchRule pipelineDoesNotImportTools =
      noClasses()
          .that()
          .resideInAPackage(PIPELINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              REFERENCE,
              MANIFEST,
              LOAD,
              OPS,
              ROOT + ".cli..",
              ROOT + ".demo..",
              ROOT + ".console..",
              ROOT + ".table..",
              BATCH);

  @ArchTest
  static final ArchRule batchDoesNotImportTools =
      noClasses()
          .that()
          .resideInAPackage(BATCH)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(REFERENCE, MANIFEST, LOAD, OPS, ROOT + ".cli..", ROOT + ".demo..");

  @ArchTest
  static final ArchRule opsImportsNeitherPipelineNorCommandLine =
      noClasses()
          .that()
          .resideInAPackage(OPS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PIPELINE, LOAD, ROOT + ".cli..", ROOT + ".demo..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyCommandLineDemoAndOpsPrint =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + ".cli..", ROOT + ".demo..", OPS)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule subPackagesHaveNoCycles =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  /** The package may depend on itself, on the given packages of ours, and on other people's. */
  private static ArchRule mayImportOfOurs(String packageName, String... allowed) {
    var ownAndAllowed = resideInAnyPackage(allowed).or(resideInAnyPackage(packageName));
    return noClasses()
        .that()
        .resideInAPackage(packageName)
        .should()
        .dependOnClassesThat(resideInAnyPackage(ROOT + "..").and(not(ownAndAllowed)))
        .allowEmptyShould(true);
  }
}
