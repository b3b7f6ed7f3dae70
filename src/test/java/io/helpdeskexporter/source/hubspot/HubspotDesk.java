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

/** A small desk that is played in HubSpot. */
final class HubspotDesk implements SourceContract.Desk {
  private final boolean messages;
  private static final Duration SHOWN = Duration.ofMinutes(1);

  private final SimulatedTime time = new SimulatedTime(Instant.parse("2025-03-03T09:00:00Z"));
  private final SimulatedHubspot hubspot = new SimulatedHubspot(time);
  private long tickets;

  HubspotDesk(boolean messages) {
    this.messages = messages;
  }

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
    boolean incoming = by == Actor.CUSTOMER;
    hubspot.say(
        Long.parseLong(ticket),
        at,
        "MESSAGE",
        incoming ? "INCOMING" : "OUTGOING",
        incoming ? "V-1" : "A-61");
    hubspot.touch(hubspot.thing("tickets", Long.parseLong(ticket)), at);
    pass(at);
  }

  @Override
  public Source open() {
    return new HubspotSource(given().settings(), time, time);
  }

  private Given given() {
    Given given = Given.at(hubspot.url()).withPageSize(2);
    given.messages = messages;
    return given;
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
