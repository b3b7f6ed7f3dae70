package io.helpdeskexporter.dashboards;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicator.Scale;
import io.helpdeskexporter.kpi.Reading;
import io.helpdeskexporter.kpi.Reading.Amount;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the desk itself reaches in the indicators that goals and benchmarks are about, asked for as
 * the catalogue says that each is computed.
 */
final class Reached {
  private static final String REPORT = "helpdesk_report_";

  private final Ask ask;

  Reached(Ask ask) {
    this.ask = ask;
  }

  /** The values of all indicators of some scales, each with its id as the label {@code kpi}. */
  String in(Set<Scale> scales) {
    return of(scales).stream()
        .map(it -> "label_replace(%s, \"kpi\", \"%s\", \"\", \"\")".formatted(value(it), it.id()))
        .collect(Collectors.joining(" or "));
  }

  /** A matcher for what is about an indicator of one of these scales. */
  static String about(Set<Scale> scales) {
    return "kpi=~\""
        + of(scales).stream().map(Indicator::id).collect(Collectors.joining("|"))
        + "\"";
  }

  private static List<Indicator> of(Set<Scale> scales) {
    return Catalogue.of(Definitions.DEFAULT).indicators().all().stream()
        .filter(indicator -> scales.contains(indicator.scale()))
        .toList();
  }

  private String value(Indicator indicator) {
    return switch (indicator.reading()) {
      case Reading.Ratio it -> part(it.part(), it.whole());
      case Reading.Remainder it -> "1 - " + part(it.part(), it.whole());
      case Reading.Balance it ->
          "(%s - %s) / (%s > 0)"
              .formatted(
                  some(it.plus(), it.whole()), some(it.minus(), it.whole()), sum(it.whole()));
      case Reading.Statistic it ->
          "max(" + ask.report(it.family(), "stat=\"" + it.stat() + "\"") + ")";
      case Reading.Count it -> sum(it.amount());
    };
  }

  private String part(Amount part, Amount whole) {
    return Ask.ratio(some(part, whole), sum(whole));
  }

  /** What there may be none of, as long as the whole is known. */
  private String some(Amount part, Amount whole) {
    return Ask.orZero(sum(part), sum(whole));
  }

  private String sum(Amount amount) {
    String[] where =
        amount.where().entrySet().stream()
            .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
            .sorted()
            .toArray(String[]::new);
    return Ask.sum(
        amount.family().startsWith(REPORT)
            ? ask.report(amount.family(), where)
            : ask.now(amount.family(), where));
  }
}
