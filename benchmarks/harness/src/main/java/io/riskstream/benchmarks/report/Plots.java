package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.contender.Contender.Role;
import io.riskstream.benchmarks.latency.RateReport;
import io.riskstream.benchmarks.latency.RateReport.Percentiles;
import io.riskstream.benchmarks.measure.Spread;
import io.riskstream.benchmarks.report.CostModel.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what was measured, as PNG and as SVG. */
public final class Plots {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 520;
  private static final int LABELS_DEGREES = 30;

  /** A logarithm needs something; nothing is measured as finely. */
  private static final double LEAST_MILLIS = 0.1;

  private static final List<BasicStroke> LINES =
      List.of(SeriesLines.DOT_DOT, SeriesLines.DASH_DASH, SeriesLines.SOLID);

  static {
    System.setProperty("java.awt.headless", "true");
  }

  private Plots() {}

  /**
   * Draws what there is of a run.
   *
   * @return the names of the pictures, without their endings
   */
  public static List<String> write(Path folder, List<CaseReport> reports, CostModel cost)
      throws IOException {
    var written = new ArrayList<String>();
    for (var report : reports) {
      written.addAll(write(folder, report));
    }
    written.addAll(write(folder, cost));
    return written;
  }

  /**
   * Draws what there is of a case.
   *
   * <ul>
   *   <li>{@code CASE}: of ours and of each peer that is ranked the median, and as a whisker how
   *       far the farthest repetition is from it
   *   <li>{@code CASE-ceilings}: the same of ceilings, beside which those would not be seen
   *   <li>{@code CASE-latency}: percentiles of latencies, a line for each place and rate
   * </ul>
   *
   * @return the names of the pictures, without their endings
   */
  static List<String> write(Path folder, CaseReport report) throws IOException {
    var name = report.workload().name();
    var written = new ArrayList<String>();
    var ranked =
        report.standings().stream()
            .filter(Standing::isRanked)
            .collect(Collectors.partitioningBy(one -> one.role() == Role.CEILING));
    if (!ranked.get(false).isEmpty()) {
      written.add(save(chart(report, ranked.get(false)), folder, name));
    }
    if (!ranked.get(true).isEmpty()) {
      written.add(save(chart(report, ranked.get(true)), folder, name + "-ceilings"));
    }
    var rates =
        report.latency().stream()
            .filter(latency -> latency.problems().isEmpty())
            .flatMap(latency -> latency.rates().stream())
            .filter(rate -> rate.problems().isEmpty())
            .toList();
    if (!rates.isEmpty()) {
      written.add(save(latencies(name, rates), folder, name + "-latency"));
    }
    return written;
  }

  /**
   * Draws processor time by users into {@code cost}, if more than one number of users was measured.
   *
   * @return the name of the picture, without its ending
   */
  static List<String> write(Path folder, CostModel cost) throws IOException {
    return cost.points().size() < 2 ? List.of() : List.of(save(growth(cost), folder, "cost"));
  }

  private static String save(Chart<?, ?> chart, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    var file = folder.resolve(name).toString();
    BitmapEncoder.saveBitmap(chart, file, BitmapFormat.PNG);
    VectorGraphicsEncoder.saveVectorGraphic(chart, file, VectorGraphicsFormat.SVG);
    return name;
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
    var names = ranked.stream().map(Plots::label).toList();
    add(chart, "per second", names, ranked.stream().map(Standing::eventsPerSecond).toList());
    add(chart, "per CPU-second", names, ranked.stream().map(Standing::eventsPerCpuSecond).toList());
    return chart;
  }

  private static CategoryChart latencies(String name, List<RateReport> rates) {
    var chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(name + ": from when an event was to be sent to when its result is visible")
            .xAxisTitle("percentile")
            .yAxisTitle("milliseconds")
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
    chart.getStyler().setOverlapped(true);
    chart.getStyler().setYAxisLogarithmic(true);
    for (var i = 0; i < rates.size(); i++) {
      var rate = rates.get(i);
      var line = LINES.get(i % LINES.size());
      var load = String.format(Locale.ROOT, " %d: %,.0f events/s", i + 1, rate.eventsPerSecond());
      add(chart, "Redis" + load, rate.visibleInRedis(), line, Color.RED);
      add(chart, "alert" + load, rate.alertReadable(), line, Color.BLUE);
      add(chart, "lake" + load, rate.visibleInLake(), line, Color.GRAY);
    }
    return chart;
  }

  private static void add(
      CategoryChart chart, String series, Percentiles found, BasicStroke line, Color color) {
    var values =
        Stream.of(
                found.p50Millis(),
                found.p95Millis(),
                found.p99Millis(),
                found.p999Millis(),
                found.maxMillis())
            .map(millis -> Math.max(LEAST_MILLIS, millis))
            .toList();
    var drawn = chart.addSeries(series, List.of("p50", "p95", "p99", "p99.9", "max"), values);
    drawn.setMarkerColor(color);
    drawn.setLineStyle(line);
    drawn.setLineColor(color);
  }

  private static XYChart growth(CostModel cost) {
    var chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("processor time of an event, by users in the state")
            .xAxisTitle("users")
            .yAxisTitle("microseconds")
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(0.0);
    var users = cost.points().stream().map(Point::users).toList();
    chart
        .addSeries("measured", users, cost.points().stream().map(Point::cpuMicros).toList())
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    chart
        .addSeries("fitted", users, users.stream().map(cost::cpuMicros).toList())
        .setMarker(SeriesMarkers.NONE);
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
