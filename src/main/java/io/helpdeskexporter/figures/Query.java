package io.helpdeskexporter.figures;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the table of figures is asked for.
 *
 * @param past the days that it is asked for; empty for now
 */
public record Query(Selection selection, Optional<Days> past) {
  /** Days of one answer: each takes an evaluation, and all of them are in memory together. */
  public static final int MOST_DAYS = 400;

  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String STEP = "step";
  private static final String DAY = "day";

  /**
   * Days of the reporting zone.
   *
   * @param last inclusive; empty: the last one of which anything is known
   */
  public record Days(LocalDate first, Optional<LocalDate> last) {}

  /** That something cannot be answered as it was asked. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param sentence what was found and what is allowed, for whoever asked
     */
    public Refused(String sentence) {
      super(sentence);
    }
  }

  /**
   * From the parameters of a request.
   *
   * @param known what the parameters source, kpi and window may say
   * @throws Refused if a parameter is not known, or says what it cannot
   */
  public static Query of(Map<String, List<String>> parameters, Map<String, Set<String>> known)
      throws Refused {
    Set<String> names = new TreeSet<>(Set.of(FROM, TO, STEP, "team"));
    names.addAll(known.keySet());
    for (String name : parameters.keySet()) {
      if (!names.contains(name)) {
        throw new Refused(
            "found the parameter %s; allowed: %s".formatted(name, String.join(", ", names)));
      }
    }
    for (Map.Entry<String, Set<String>> each : known.entrySet()) {
      for (String value : values(parameters, each.getKey())) {
        if (!each.getValue().contains(value)) {
          throw new Refused(
              "%s: found \"%s\"; allowed: %s"
                  .formatted(
                      each.getKey(), value, String.join(", ", new TreeSet<>(each.getValue()))));
        }
      }
    }
    Selection selection =
        new Selection(
            values(parameters, "source"),
            values(parameters, "kpi"),
            values(parameters, "window"),
            values(parameters, "team"));
    return new Query(selection, past(parameters, selection));
  }

  private static Optional<Days> past(Map<String, List<String>> parameters, Selection selection)
      throws Refused {
    Optional<LocalDate> from = day(parameters, FROM);
    Optional<LocalDate> to = day(parameters, TO);
    Set<String> step = values(parameters, STEP);
    if (from.isEmpty()) {
      if (to.isPresent() || !step.isEmpty()) {
        throw new Refused("found to or step without from; allowed: from=2026-03-01&to=2026-03-31");
      }
      return Optional.empty();
    }
    if (!step.isEmpty() && !step.equals(Set.of(DAY))) {
      throw new Refused("step: found \"%s\"; allowed: day".formatted(String.join(",", step)));
    }
    if (selection.kpis().size() != 1) {
      throw new Refused("the past is told of one kpi at a time: kpi=csat");
    }
    if (to.filter(it -> it.isBefore(from.get())).isPresent()) {
      throw new Refused("to: found %s, which is before from=%s".formatted(to.get(), from.get()));
    }
    return Optional.of(new Days(from.get(), to));
  }

  /**
   * How many days there are up to the last one.
   *
   * @throws Refused if those are too many
   */
  public static List<LocalDate> each(Days days, LocalDate newest) throws Refused {
    LocalDate last = days.last().filter(it -> it.isBefore(newest)).orElse(newest);
    long count = ChronoUnit.DAYS.between(days.first(), last) + 1;
    if (count > MOST_DAYS) {
      throw new Refused(
          "found %d days from %s to %s; allowed: at most %d at a time"
              .formatted(count, days.first(), last, MOST_DAYS));
    }
    return count <= 0 ? List.of() : days.first().datesUntil(last.plusDays(1)).toList();
  }

  private static Optional<LocalDate> day(Map<String, List<String>> parameters, String name)
      throws Refused {
    List<String> said = parameters.getOrDefault(name, List.of());
    if (said.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(said.getLast()));
    } catch (DateTimeParseException e) {
      throw new Refused(
          "%s: found \"%s\"; allowed: a day such as 2026-03-01".formatted(name, said.getLast()));
    }
  }

  private static Set<String> values(Map<String, List<String>> parameters, String name) {
    return Set.copyOf(parameters.getOrDefault(name, List.of()));
  }
}
