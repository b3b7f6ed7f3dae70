package io.helpdeskexporter.explain;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.explain.Explanation.Present;
import io.helpdeskexporter.explain.Part.Entry;
import io.helpdeskexporter.explain.Part.Standing;
import io.helpdeskexporter.explain.Part.Status;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.TicketFacts.Quality;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Contribution;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.kpi.Kpi;
import io.helpdeskexporter.kpi.LabelBudget;
import io.helpdeskexporter.kpi.Observation;
import io.helpdeskexporter.kpi.Reporting;
import io.helpdeskexporter.kpi.SeriesFinder;
import io.helpdeskexporter.kpi.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains the tickets of one source, as of one instant. Confined to one thread. */
public final class Explainer {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String source;
  private final Catalogue catalogue;
  private final Policies policies;
  private final Derivation derivation;
  private final Choices choices;
  private final SeriesFinder feeds;
  private final Instant asOf;
  private final ZoneId zone;

  /**
   * @param profile whose definitions hold where nothing else is chosen
   * @param budget of the source, to which all values have been admitted that are shown
   */
  public Explainer(
      String source,
      Catalogue catalogue,
      Policies policies,
      String profile,
      Reporting reporting,
      LabelBudget budget,
      Instant asOf) {
    this.source = source;
    this.catalogue = catalogue;
    this.policies = policies;
    this.asOf = asOf;
    zone = reporting.zone();
    derivation = catalogue.derivation(policies);
    choices = new Choices(policies.definitions(), profile);
    feeds = new SeriesFinder(source, catalogue.families(policies), reporting, budget, asOf);
  }

  private record Key(String measure, int ordinal) {
    static Key of(Observation observation) {
      return new Key(observation.measure().name(), observation.ordinal());
    }
  }

  /** Explains a ticket as if everything had been counted when it came about. */
  public Explanation explain(Timeline timeline) {
    return explain(timeline, Counted.of(derivation.derive(timeline, asOf)));
  }

  /**
   * Explains a ticket by what was counted of it.
   *
   * @param timeline of a ticket that was created by the instant
   */
  public Explanation explain(Timeline timeline, Counted counted) {
    Derivation.Derived derived = derivation.derive(timeline, asOf);
    TicketFacts facts = derived.facts();
    List<Part> parts = new ArrayList<>();
    for (Kpi kpi : catalogue.kpis()) {
      parts.add(part(kpi, derived, counted));
    }
    return new Explanation(
        source,
        timeline.ticket().id(),
        asOf,
        zone,
        counted.asOf(),
        new Present(
            timeline.ticket().createdAt(),
            facts.now().status().label(),
            facts.now().team(),
            facts.now().priority().label(),
            facts.channel().label()),
        notes(facts, counted),
        Moments.of(timeline, facts, policies),
        Courses.of(facts, policies),
        parts);
  }

  private List<String> notes(TicketFacts facts, Counted counted) {
    List<String> notes = new ArrayList<>();
    departure(facts).ifPresent(why -> notes.add("It has left the KPIs: " + why + "."));
    if (!facts.counted()) {
      notes.add("It is in gauges alone: " + imported() + ".");
    }
    if (facts.proactive()) {
      notes.add(
          "It was opened towards the customer and not by them: volume only, until they write.");
    }
    if (facts.withBot()) {
      notes.add("A bot alone has the customer's chat; people need do nothing yet.");
    }
    if (facts.quality() == Quality.REPORTED) {
      notes.add(
          "Taken over as the source computes it: "
              + policies.reported().stream()
                  .sorted()
                  .map(it -> it.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", "))
              + ".");
    }
    facts.unmapped().stream()
        .map(it -> "The %s \"%s\" is not mapped.".formatted(it.field(), it.word()))
        .distinct()
        .forEach(notes::add);
    if (counted.waits()) {
      notes.add(
          "Something of it has been read that is not counted yet: what is told of its history may"
              + " be ahead of the numbers.");
    }
    return notes;
  }

  private String imported() {
    return "created before import_cutoff ("
        + policies.definitions().importCutoff().map(TIME::format).orElse("")
        + ")";
  }

  private static Optional<String> departure(TicketFacts facts) {
    return facts.gone()
        ? Optional.of(facts.departures().getLast())
            .map(
                it ->
                    it.reason()
                            .map(Exclusion::label)
                            .map("excluded as "::concat)
                            .orElse("merged into another ticket")
                        + " at "
                        + TIME.format(it.at()))
        : Optional.empty();
  }

  // ---- one KPI

  private Part part(Kpi kpi, Derivation.Derived derived, Counted counted) {
    TicketFacts facts = derived.facts();
    Set<String> measures = new HashSet<>();
    Set<String> levels = new HashSet<>();
    for (Family family : kpi.families()) {
      switch (family) {
        case Family.Ever it -> measures.add(it.measure().name());
        case Family.Report it -> measures.add(it.measure().name());
        case Family.Now it -> levels.add(it.level().name());
        case Family.Judged _, Family.Forecast _, Family.SlaTargets _ -> {}
      }
    }
    List<Counted.Entry> own =
        counted.entries().stream()
            .filter(it -> measures.contains(it.counted().measure().name()))
            .toList();
    List<Contribution> standing =
        counted.contributions().stream()
            .filter(it -> levels.contains(it.level().name()))
            .filter(it -> it.until().isAfter(asOf))
            .toList();
    List<String> leftOut = leftOut(kpi, facts);
    boolean ofTickets =
        !own.isEmpty() || !standing.isEmpty() || !leftOut.isEmpty() || isOf(kpi, facts);
    leftOut = new ArrayList<>(leftOut);
    leftOut.addAll(notCountedYet(measures, derived, counted));
    List<Standing> standings = standing.stream().map(this::standing).toList();
    boolean now = standings.stream().anyMatch(Standing::now);
    Status status =
        !own.isEmpty()
            ? Status.COUNTED
            : now ? Status.COUNTS_NOW : ofTickets ? Status.NOT_COUNTED : Status.NOT_OF_TICKETS;
    if (status == Status.NOT_OF_TICKETS) {
      leftOut.add(
          kpi.families().stream().anyMatch(Family.Forecast.class::isInstance)
              ? "made of all tickets together; no single one can be told to add to it"
              : "not fed by tickets");
    }
    return new Part(
        kpi.spec().id(),
        kpi.spec().title(),
        kpi.spec().definition(),
        status,
        answer(own, standings),
        choices.of(kpi),
        own.stream().map(it -> entry(it, facts)).toList(),
        standings,
        leftOut);
  }

  private List<String> leftOut(Kpi kpi, TicketFacts facts) {
    List<String> own = kpi.leftOut(facts, policies);
    if (own.isEmpty() && !isOf(kpi, facts)) {
      return List.of();
    }
    Optional<String> unmeasured = kpi.unmeasured(policies);
    if (unmeasured.isPresent()) {
      return List.of("not measured: " + unmeasured.get().replaceFirst("\\.$", ""));
    }
    if (!facts.counted()) {
      return List.of(imported() + ": imported history feeds gauges only");
    }
    return departure(facts).map(List::of).orElse(own);
  }

  /** Whether a KPI shows anything of the ticket, as it stands, by itself. */
  private static boolean isOf(Kpi kpi, TicketFacts facts) {
    boolean forecast = kpi.families().stream().allMatch(Family.Forecast.class::isInstance);
    return !forecast && (!kpi.observe(facts).isEmpty() || !kpi.contribute(facts).isEmpty());
  }

  private static List<String> notCountedYet(
      Set<String> measures, Derivation.Derived derived, Counted counted) {
    Set<Key> known =
        counted.entries().stream().map(it -> Key.of(it.counted())).collect(Collectors.toSet());
    return derived.observations().stream()
        .filter(it -> measures.contains(it.measure().name()) && !known.contains(Key.of(it)))
        .map(
            it ->
                "%s, dated %s, is read and not counted yet"
                    .formatted(what(it), TIME.format(it.at())))
        .toList();
  }

  private Entry entry(Counted.Entry entry, TicketFacts facts) {
    Observation counted = entry.counted();
    return new Entry(
        what(counted),
        counted.at(),
        feeds.ever(counted),
        entry.held().map(Observation::at),
        entry.held().map(feeds::windows).orElse(List.of()),
        note(entry, facts));
  }

  private static String note(Counted.Entry entry, TicketFacts facts) {
    Observation counted = entry.counted();
    if (entry.held().isEmpty()) {
      return !counted.windowed()
          ? "not for windows"
          : facts.gone()
              ? "the windows let it go when the ticket left the KPIs; the counters keep it"
              : "by what is known now it does not hold, so the windows let it go; the counters"
                  + " keep it";
    }
    Observation held = entry.held().get();
    return held.equals(counted)
        ? ""
        : "the counters keep it as it was counted; by what is known now it is %s, dated %s, %s, and so the windows hold it"
            .formatted(what(held), TIME.format(held.at()), whom(held));
  }

  private static String whom(Observation observation) {
    return "for team %s, priority %s"
        .formatted(observation.attribution().team(), observation.attribution().priority().label());
  }

  private Standing standing(Contribution contribution) {
    boolean now = !contribution.from().isAfter(asOf);
    String detail = detail(contribution.detail());
    return new Standing(
        words(contribution.level().name()) + detail,
        contribution.from(),
        Optional.of(contribution.until()).filter(until -> until.isBefore(Instant.MAX)),
        now,
        feeds.gauges(contribution));
  }

  // ---- words

  /** The same things added up or counted. */
  private static String answer(List<Counted.Entry> entries, List<Standing> standings) {
    Map<String, Integer> times = new LinkedHashMap<>();
    for (Counted.Entry entry : entries) {
      times.merge(what(entry.counted()), 1, Integer::sum);
    }
    standings.stream()
        .filter(Standing::now)
        .forEach(it -> times.merge("now: " + it.what(), 1, Integer::sum));
    return times.entrySet().stream()
        .map(it -> it.getValue() == 1 ? it.getKey() : it.getKey() + " × " + it.getValue())
        .collect(Collectors.joining("; "));
  }

  /** What an observation is of. What says who it was, customer or agent, is not told. */
  private static String what(Observation observation) {
    boolean ofAgent = observation.measure().details().contains(LabelBudget.AGENT);
    String name =
        words(observation.measure().name()) + (ofAgent ? "" : detail(observation.detail()));
    Unit unit = observation.measure().unit();
    return switch (unit) {
      case SECONDS ->
          observation.isUntimed() ? name : name + ": " + Spans.text(observation.value());
      case RATIO, MONEY ->
          name
              + ": "
              + BigDecimal.valueOf(observation.value())
                  .divide(BigDecimal.valueOf(unit.parts()))
                  .stripTrailingZeros()
                  .toPlainString();
      case TIMES -> name;
      case IDENTITY -> name;
    };
  }

  private static String detail(String detail) {
    return detail.isEmpty() ? "" : " (" + detail.replace("\t", ", ") + ")";
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }
}
