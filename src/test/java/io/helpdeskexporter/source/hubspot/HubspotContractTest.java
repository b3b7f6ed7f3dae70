package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class HubspotContractTest extends SourceContract {
  @Override
  protected Desk openDesk() {
    return new HubspotDesk();
  }

  @Override
  protected Map<Capability, String> lacks() {
    return Map.of(
        Capability.REPLIES,
        "a ticket tells when it was first answered, and not who wrote what",
        Capability.COUNT,
        "the total of a search leaves out deleted and merged tickets, which are told");
  }

  private static final class HubspotDesk implements Desk {
    private static final Duration SHOWN = Duration.ofMinutes(1);

    private final SimulatedTime time = new SimulatedTime(Instant.parse("2025-03-03T09:00:00Z"));
    private final SimulatedHubspot hubspot = new SimulatedHubspot(time);
    private long tickets;

    /** What happens was a minute ago when it is looked at. */
    private void pass(Instant at) {
      Instant later = at.plus(SHOWN);
      if (later.isAfter(time.instant())) {
        time.set(later);
      }
    }

    @Override
    public String createTicket(Instant at) {
      hubspot.createTicket(++tickets, at, Map.of());
      if (at.isBefore(time.instant())) {
        // Whatever time it carries, it changes when it is written down.
        hubspot.touch(hubspot.thing("tickets", tickets), time.instant());
      }
      pass(at);
      return String.valueOf(tickets);
    }

    @Override
    public void changeStatus(String ticket, Instant at, Status to) {
      hubspot.set(Long.parseLong(ticket), at, "hs_pipeline_stage", SimulatedHubspot.stageOf(to));
      pass(at);
    }

    @Override
    public void reply(String ticket, Instant at, Actor by) {
      hubspot.touch(hubspot.thing("tickets", Long.parseLong(ticket)), at);
      pass(at);
    }

    @Override
    public Source open() {
      return new HubspotSource(Given.at(hubspot.url()).withPageSize(2).settings(), time, time);
    }

    @Override
    public Source openUnreachable() {
      return new HubspotSource(Given.at("http://127.0.0.1:1").settings(), time, time);
    }

    @Override
    public Vocabulary vocabulary() {
      return new HubspotKind().vocabulary(Given.at(hubspot.url()).settings());
    }

    @Override
    public void close() {
      hubspot.close();
    }
  }
}
