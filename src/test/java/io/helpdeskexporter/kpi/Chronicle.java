package io.helpdeskexporter.kpi;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Subject;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What happened beside tickets, and what all KPIs show of it at any instant. */
final class Chronicle {
  private final Definitions definitions;
  private final Map<Subject, List<Happening>> happenings = new LinkedHashMap<>();
  private final List<Contact> contacts = new ArrayList<>();
  private final List<Accrual> accruals = new ArrayList<>();
  private int rows;

  Chronicle() {
    this(Definitions.DEFAULT);
  }

  Chronicle(Definitions definitions) {
    this.definitions = definitions;
  }

  Chronicle with(Happening happening) {
    happenings.computeIfAbsent(happening.subject(), _ -> new ArrayList<>()).add(happening);
    return this;
  }

  Chronicle accruing(Accrual accrual) {
    accruals.add(accrual);
    return this;
  }

  /** A ticket of everybody's who has any. */
  Chronicle with(Contact contact) {
    contacts.add(contact);
    return this;
  }

  Chronicle customer(String at, String customer, Happening.Customer.Change change) {
    return customer(at, customer, change, "");
  }

  /**
   * @param monthly empty text if it is not told
   */
  Chronicle customer(String at, String customer, Happening.Customer.Change change, String monthly) {
    return with(new Happening.Customer(stamp(at), customer, change, amount(monthly)));
  }

  Stamp stamp(String at) {
    rows++;
    return Stamp.of("row " + rows, Instant.parse(at));
  }

  static Optional<BigDecimal> amount(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
  }

  SourceMetrics asOf(String at) {
    Instant now = Instant.parse(at);
    Catalogue catalogue = Catalogue.of(definitions);
    Engine engine =
        new Engine(
            "acme",
            catalogue.families(),
            Reporting.in(ZoneId.of("Europe/Berlin")),
            new LabelBudget(Map.of()),
            now);
    accruals.forEach(engine::accrue);
    AsOf asOf = new AsOf(engine, catalogue.derivation(policies()), now);
    happenings.forEach((who, what) -> asOf.add(new Biography(who, what, of(what))));
    return asOf.evaluate();
  }

  /** Values by series of those families that begin so, with the labels but the source. */
  Map<String, Double> shown(String at, String... families) {
    List<Family> all = Catalogue.of(definitions).families();
    Map<String, Double> shown = new TreeMap<>(Series.of(asOf(at), all));
    shown.keySet().removeIf(series -> List.of(families).stream().noneMatch(series::startsWith));
    return shown;
  }

  private List<Contact> of(List<Happening> happened) {
    return happened.stream().anyMatch(it -> it.party().isPresent()) ? contacts : List.of();
  }

  private Policies policies() {
    return new Policies(
        Vocabulary.CANONICAL,
        Set.of(),
        true,
        definitions,
        BusinessClock.alwaysOpen(),
        SlaPolicies.NONE);
  }
}
