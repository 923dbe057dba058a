package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.measure.Spread;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws what was measured, as PNG and as SVG. */
public final class Plots {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 520;
  private static final int LABELS_DEGREES = 30;

  private Plots() {}

  /**
   * Draws a case into {@code CASE.png} and {@code CASE.svg}: of each contender that is ranked the
   * median, and as a whisker how far the farthest repetition is from it. Without one nothing.
   */
  public static void write(Path folder, CaseReport report) throws IOException {
    var ranked = report.standings().stream().filter(Standing::isRanked).toList();
    if (ranked.isEmpty()) {
      return;
    }
    System.setProperty("java.awt.headless", "true");
    Files.createDirectories(folder);
    var file = folder.resolve(report.workload().name()).toString();
    var chart = chart(report, ranked);
    BitmapEncoder.saveBitmap(chart, file, BitmapFormat.PNG);
    VectorGraphicsEncoder.saveVectorGraphic(chart, file, VectorGraphicsFormat.SVG);
  }

  private static CategoryChart chart(CaseReport report, List<Standing> ranked) {
    var chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title(report, ranked))
            .yAxisTitle("events; bar: median, whisker: farthest repetition")
            .build();
    var styler = chart.getStyler();
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setXAxisLabelRotation(LABELS_DEGREES);
    styler.setYAxisDecimalPattern("#,##0");
    styler.setChartBackgroundColor(Color.WHITE);
    var names = ranked.stream().map(Plots::label).toList();
    add(chart, "per second", names, ranked.stream().map(Standing::eventsPerSecond).toList());
    add(chart, "per CPU-second", names, ranked.stream().map(Standing::eventsPerCpuSecond).toList());
    return chart;
  }

  private static String title(CaseReport report, List<Standing> ranked) {
    var title = report.workload().name() + ": " + report.workload().title();
    return ranked.stream().anyMatch(Standing::hasNoSteadyPart)
        ? title + " (* start included, comparable with nobody)"
        : title;
  }

  private static void add(
      CategoryChart chart, String series, List<String> names, List<Spread> spreads) {
    chart.addSeries(
        series,
        names,
        spreads.stream().map(Spread::median).toList(),
        spreads.stream()
            .map(one -> Math.max(one.max() - one.median(), one.median() - one.min()))
            .toList());
  }

  private static String label(Standing standing) {
    return standing.name() + (standing.hasNoSteadyPart() ? " *" : "");
  }
}
