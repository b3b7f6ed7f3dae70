package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class ZendeskContractTest extends SourceContract {
  private static final Instant MORNING = Instant.parse("2025-03-03T08:00:00Z");

  /** What happened is told after a minute. */
  private static final Duration SOON = Duration.ofMinutes(2);

  @Override
  protected Map<Capability, String> lacks() {
    return Map.of(
        Capability.COUNT,
        "GET /tickets/count leaves out archived tickets, which the export tells, and deleted ones");
  }

  @Override
  protected Desk openDesk() {
    SimulatedTime time = new SimulatedTime(MORNING);
    SimulatedZendesk zendesk = new SimulatedZendesk(time);
    return new Desk() {
      private long tickets;

      private void pass(Instant at) {
        Instant then = at.plus(SOON);
        time.set(then.isAfter(time.instant()) ? then : time.instant());
      }

      @Override
      public String createTicket(Instant at) {
        zendesk.create(++tickets, at, customer(), Map.of());
        // Whatever time it carries, it is exported by when it was written down.
        Instant written = time.instant().minus(SOON);
        zendesk
            .ticket(tickets)
            .put(
                "generated_timestamp", Math.max(at.getEpochSecond(), written.getEpochSecond() + 1));
        pass(at.plusSeconds(1));
        return String.valueOf(tickets);
      }

      @Override
      public void changeStatus(String ticket, Instant at, Status to) {
        zendesk.change(
            Long.parseLong(ticket),
            at,
            SimulatedZendesk.agent(1),
            "status",
            SimulatedZendesk.word(to));
        pass(at);
      }

      @Override
      public void reply(String ticket, Instant at, Actor by) {
        zendesk.reply(
            Long.parseLong(ticket),
            at,
            by == Actor.CUSTOMER ? customer() : SimulatedZendesk.agent(1),
            true);
        pass(at);
      }

      private String customer() {
        return String.valueOf(SimulatedZendesk.FIRST_CUSTOMER);
      }

      @Override
      public Source open() {
        return new ZendeskSource(Zendesks.settings(zendesk.url(), 3), time, time);
      }

      @Override
      public Source openUnreachable() {
        return new ZendeskSource(Zendesks.settings("http://127.0.0.1:1"), time, time);
      }

      @Override
      public Vocabulary vocabulary() {
        return new ZendeskKind().vocabulary(Zendesks.settings(zendesk.url()));
      }

      @Override
      public void close() {
        zendesk.close();
      }
    };
  }
}
