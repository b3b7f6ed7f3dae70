package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class FreshdeskContractTest extends SourceContract {
  @Override
  protected Desk openDesk() {
    return new FreshdeskDesk();
  }

  @Override
  protected Map<Capability, String> lacks() {
    return Map.of(
        Capability.STATUS_HISTORY,
        "without the export of activities, a ticket tells only its present status and the last"
            + " times of some others",
        Capability.COUNT,
        "no list of the API says how long it is");
  }

  private static final class FreshdeskDesk implements Desk {
    private final SimulatedTime time = new SimulatedTime(Instant.parse("2025-03-03T09:00:00Z"));
    private final SimulatedFreshdesk freshdesk = new SimulatedFreshdesk(time);

    /** What happens is an hour old when it is looked at. */
    private void at(Instant at) {
      Instant later = at.plus(Duration.ofHours(1));
      if (later.isAfter(time.instant())) {
        time.set(later);
      }
    }

    @Override
    public String createTicket(Instant at) {
      at(at);
      long id = 1 + freshdesk.tickets.size();
      freshdesk.create(id, at, 90_000 + id);
      return Long.toString(id);
    }

    @Override
    public void changeStatus(String ticket, Instant at, Status to) {
      at(at);
      freshdesk.setStatus(Long.parseLong(ticket), at, SimulatedFreshdesk.number(to));
    }

    @Override
    public void reply(String ticket, Instant at, Actor by) {
      at(at);
      long id = Long.parseLong(ticket);
      boolean isCustomer = by == Actor.CUSTOMER;
      freshdesk.say(
          id,
          at,
          isCustomer ? freshdesk.ticket(id).number("requester_id") : 100,
          isCustomer ? 1 : 3,
          Map.of());
    }

    @Override
    public Source open() {
      return new FreshdeskSource(Given.at(freshdesk.url()).withPageSize(2).settings(), time, time);
    }

    @Override
    public Source openUnreachable() {
      return new FreshdeskSource(Given.at("http://127.0.0.1:1").settings(), time, time);
    }

    @Override
    public Vocabulary vocabulary() {
      return Words.VOCABULARY;
    }

    @Override
    public void close() {
      freshdesk.close();
    }
  }
}
