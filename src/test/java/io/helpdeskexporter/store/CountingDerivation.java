package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.facts.Topics;
import io.helpdeskexporter.kpi.Contribution;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Level;
import io.helpdeskexporter.kpi.Measure;
import io.helpdeskexporter.kpi.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A small derivation that has one of everything the store must cope with: counts, durations,
 * details, observations that come with time, that depend on other tickets, and that a departure
 * takes back.
 *
 * @param detail a detail of every solve, so that a policy can change what was counted
 */
record CountingDerivation(String detail) implements Derivation {
  static final Duration WINDOW = Duration.ofDays(7);
  static final RepeatRule REPEATS = new RepeatRule(WINDOW, Definitions.RepeatBy.REQUESTER);

  static final Measure CREATED = Measure.count("created").survivingDeparture();
  static final Measure FIRST_RESPONSE = Measure.duration("first_response");
  static final Measure SOLVED = Measure.count("solved", "policy");
  static final Measure REPEAT = Measure.count("repeat_contact");
  static final Measure LONE = Measure.count("first_contact_resolved");
  static final Measure TOTAL_ONLY = Measure.duration("total_only");
  static final Level OPEN = Level.of("open", "status");
  static final Known KNOWN =
      new Known(List.of(CREATED, FIRST_RESPONSE, SOLVED, REPEAT, LONE, TOTAL_ONLY), List.of(OPEN));

  CountingDerivation() {
    this("first");
  }

  @Override
  public Derived derive(Timeline timeline, Instant asOf) {
    return new Pass(timeline, asOf).derived();
  }

  private final class Pass {
    private final Timeline timeline;
    private final Ticket ticket;
    private final Instant asOf;
    private final List<Observation> observations = new ArrayList<>();
    private final List<TicketFacts.Solve> solves = new ArrayList<>();
    private final List<TicketFacts.Departure> departures = new ArrayList<>();
    private Optional<TicketFacts.Response> firstResponse = Optional.empty();
    private String team;
    private String status = "open";

    Pass(Timeline timeline, Instant asOf) {
      this.timeline = timeline;
      this.ticket = timeline.ticket();
      this.asOf = asOf;
      this.team = ticket.team().orElse(Attribution.UNASSIGNED);
    }

    private Attribution whom() {
      return new Attribution(team, Channel.EMAIL, Priority.NORMAL);
    }

    Derived derived() {
      Attribution opened = whom();
      timeline.events().stream().filter(event -> !event.at().isAfter(asOf)).forEach(this::apply);
      boolean gone = !departures.isEmpty();
      observe(CREATED, 1, ticket.createdAt(), opened, "", 1, true);
      if (!gone) {
        observeAll();
      }
      Optional<Instant> settles =
          solves.isEmpty() ? Optional.empty() : Optional.of(solves.getLast().at().plus(WINDOW));
      Optional<Instant> changesAt =
          Stream.concat(
                  Stream.concat(settles.stream(), Stream.of(ticket.createdAt())),
                  timeline.events().stream().map(TicketEvent::at))
              .filter(at -> at.isAfter(asOf))
              .min(Instant::compareTo);
      List<Contribution> contributions =
          gone || status.equals("solved")
              ? List.of()
              : List.of(
                  new Contribution(
                      OPEN, whom(), status, ticket.createdAt(), ticket.createdAt(), Instant.MAX));
      return new Derived(facts(opened, gone, changesAt), observations, contributions);
    }

    private void apply(TicketEvent event) {
      switch (event) {
        case TicketEvent.Message message when message.author().actor() == Actor.AGENT -> {
          if (firstResponse.isEmpty()) {
            long millis = Duration.between(ticket.createdAt(), event.at()).toMillis();
            firstResponse =
                Optional.of(new TicketFacts.Response(event.at(), whom(), millis, millis));
          }
        }
        case TicketEvent.StatusChanged changed -> {
          if (changed.to().equals("solved") && !status.equals("solved")) {
            solves.add(
                new TicketFacts.Solve(
                    event.at(),
                    whom(),
                    event.at(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty()));
          }
          status = changed.to();
        }
        case TicketEvent.TeamChanged changed -> team = changed.to().orElse(Attribution.UNASSIGNED);
        case TicketEvent.Merged _ ->
            departures.add(new TicketFacts.Departure(event.at(), whom(), Optional.empty()));
        case TicketEvent.Restored _ -> departures.clear();
        default -> {}
      }
    }

    private void observeAll() {
      firstResponse.ifPresent(
          response -> {
            observe(
                FIRST_RESPONSE,
                1,
                response.at(),
                response.attribution(),
                "",
                response.millis(),
                true);
            observe(
                TOTAL_ONLY, 1, response.at(), response.attribution(), "", response.millis(), false);
          });
      for (int i = 0; i < solves.size(); i++) {
        observe(SOLVED, i + 1, solves.get(i).at(), solves.get(i).attribution(), detail, 1, true);
      }
      boolean repeat =
          timeline.contacts().stream()
              .filter(contact -> contact.leftAt().isEmpty())
              .flatMap(contact -> contact.solves().stream())
              .anyMatch(solve -> within(solve, ticket.createdAt()));
      if (repeat) {
        observe(REPEAT, 1, ticket.createdAt(), whom(), "", 1, true);
      }
      if (!solves.isEmpty() && !solves.getLast().at().plus(WINDOW).isAfter(asOf)) {
        Instant solve = solves.getLast().at();
        boolean followed =
            timeline.contacts().stream()
                .filter(contact -> contact.leftAt().isEmpty())
                .anyMatch(contact -> within(solve, contact.createdAt()));
        if (!followed) {
          observe(LONE, 1, solve.plus(WINDOW), whom(), "", 1, true);
        }
      }
    }

    private boolean within(Instant solve, Instant later) {
      return !later.isBefore(solve) && !later.isAfter(solve.plus(WINDOW)) && !later.isAfter(asOf);
    }

    private void observe(
        Measure measure,
        int ordinal,
        Instant at,
        Attribution attribution,
        String observed,
        long value,
        boolean windowed) {
      observations.add(
          new Observation(measure, ordinal, at, attribution, observed, value, windowed));
    }

    private TicketFacts facts(Attribution opened, boolean gone, Optional<Instant> changesAt) {
      return new TicketFacts(
          ticket,
          asOf,
          true,
          false,
          Channel.EMAIL,
          opened,
          new TicketFacts.Standing(
              status.equals("solved") ? Status.SOLVED : Status.OPEN,
              team,
              Priority.NORMAL,
              ticket.assignee(),
              Optional.empty()),
          departures,
          gone,
          Optional.empty(),
          firstResponse,
          List.of(),
          Optional.empty(),
          solves,
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          TicketFacts.Quality.DERIVED,
          List.of(),
          Topics.NONE,
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          false,
          TicketFacts.UnderWay.NOTHING,
          Optional.empty(),
          changesAt);
    }
  }
}
