package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Words;
import io.helpdeskexporter.explain.Counted;
import io.helpdeskexporter.explain.Explanation;
import io.helpdeskexporter.explain.Question;
import io.helpdeskexporter.explain.Unanswerable;
import io.helpdeskexporter.explain.Unanswerable.Problem;
import io.helpdeskexporter.kpi.Kpi;
import io.helpdeskexporter.store.Ledger;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.store.StoreException;
import io.helpdeskexporter.store.TicketState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Answers questions about tickets from what is stored, as of the source's watermark, so that the
 * numbers are those of a scrape. Reads beside the source's own thread, and changes nothing.
 */
final class Explaining {
  /** Tickets that an error names on each side of the one that is not there. */
  private static final int NEIGHBOURS = 3;

  private final Wiring wiring;
  private final Store store;

  Explaining(Wiring wiring, Store store) {
    this.wiring = wiring;
    this.store = store;
  }

  /**
   * @throws StoreException if the store does not answer
   */
  Explanation answer(Question question) throws Unanswerable {
    ConfiguredSource<?> source = source(wiring, question.source());
    Optional<String> kpi = Optional.empty();
    if (question.kpi().isPresent()) {
      kpi = Optional.of(kpi(question.kpi().get()));
    }
    SourceStore stored = wiring.stored(store, source);
    Optional<TicketState> found = stored.ticket(question.ticket());
    if (stored.holdings().watermark().isEmpty()) {
      throw new Unanswerable(
          Problem.NOT_READ_YET,
          "source %s has not been read to its end yet, so nothing of it is counted"
              .formatted(source.name()));
    }
    TicketState ticket = found.orElseThrow(() -> unknownTicket(stored, question.ticket()));
    Explanation all = explained(source, stored, ticket);
    return kpi.map(all::only).orElseGet(all::ofTickets);
  }

  private Explanation explained(ConfiguredSource<?> source, SourceStore stored, TicketState ticket)
      throws Unanswerable {
    Instant asOf =
        ticket
            .watermark()
            .filter(it -> !it.isBefore(ticket.timeline().ticket().createdAt()))
            .orElseThrow(
                () ->
                    new Unanswerable(
                        Problem.NOT_READ_YET,
                        "the ticket was created after the instant up to which source %s has told"
                                .formatted(source.name())
                            + " everything; ask again after the next poll"));
    Explanation explanation =
        wiring
            .explainer(source, stored, asOf)
            .explain(ticket.timeline(), counted(ticket.ledger(), ticket));
    return wiring.isOutdated(source, stored)
        ? explanation.noting(
            "What is stored was counted under other definitions than are configured now; a running"
                + " exporter derives all tickets anew.")
        : explanation;
  }

  private static Counted counted(Ledger ledger, TicketState ticket) {
    return new Counted(
        ledger.entries().stream().map(it -> new Counted.Entry(it.counted(), it.held())).toList(),
        ledger.contributions(),
        ticket.countedAsOf(),
        ticket.waits());
  }

  /** A source by its name. */
  static ConfiguredSource<?> source(Wiring wiring, String name) throws Unanswerable {
    Optional<ConfiguredSource<?>> found = Optional.empty();
    for (ConfiguredSource<?> source : wiring.sources()) {
      if (source.name().equals(name)) {
        found = Optional.of(source);
      }
    }
    List<String> known = wiring.sources().stream().<String>map(ConfiguredSource::name).toList();
    return found.orElseThrow(
        () ->
            new Unanswerable(
                Problem.UNKNOWN_SOURCE,
                "no source %s is configured%s; there are: %s"
                    .formatted(quoted(name), meant(name, known), String.join(", ", known))));
  }

  /** By its id, or by one of its metrics. */
  private String kpi(String word) throws Unanswerable {
    List<Kpi> all = wiring.catalogue().kpis();
    Optional<String> found =
        all.stream()
            .filter(
                kpi ->
                    kpi.spec().id().equals(word)
                        || kpi.families().stream().anyMatch(it -> it.name().equals(word)))
            .map(kpi -> kpi.spec().id())
            .findFirst();
    List<String> known = all.stream().map(kpi -> kpi.spec().id()).toList();
    return found.orElseThrow(
        () ->
            new Unanswerable(
                Problem.UNKNOWN_KPI,
                "no KPI is called %s%s; there are: %s"
                    .formatted(quoted(word), meant(word, known), String.join(", ", known))));
  }

  /** What to say of a ticket that is not there. */
  static Unanswerable unknownTicket(SourceStore stored, String ticket) {
    List<String> near = stored.ticketsAround(ticket, NEIGHBOURS);
    return new Unanswerable(
        Problem.UNKNOWN_TICKET,
        near.isEmpty()
            ? "source %s has no ticket at all".formatted(stored.name())
            : "source %s has no ticket %s; the nearest ids are: %s"
                .formatted(stored.name(), quoted(ticket), String.join(", ", near)));
  }

  private static String meant(String found, List<String> known) {
    return Words.nearest(found, known).map(it -> " (did you mean " + it + "?)").orElse("");
  }

  private static String quoted(String text) {
    return Words.quoted(text);
  }
}
