package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import io.helpdeskexporter.source.api.SimulatedTime;
import java.time.Instant;
import java.util.Map;

class SalesforceContractTest extends SourceContract {
  private static final Instant MORNING = Instant.parse("2025-03-03T08:00:00Z");

  @Override
  protected Desk openDesk() {
    SimulatedTime time = new SimulatedTime(MORNING);
    SimulatedSalesforce salesforce = new SimulatedSalesforce(time);
    return new Desk() {
      private int cases;

      private long number(String ticket) {
        for (int i = 1; i <= cases; i++) {
          if (SimulatedSalesforce.caseId(i).equals(ticket)) {
            return i;
          }
        }
        throw new IllegalArgumentException(ticket);
      }

      private void pass(Instant at) {
        time.set(at.isAfter(time.instant()) ? at : time.instant().plusSeconds(1));
      }

      @Override
      public String createTicket(Instant at) {
        pass(at);
        salesforce.create(++cases, at, Map.of());
        return SimulatedSalesforce.caseId(cases);
      }

      @Override
      public void changeStatus(String ticket, Instant at, Status to) {
        pass(at);
        salesforce.status(
            number(ticket), at, SimulatedSalesforce.word(to), SimulatedSalesforce.agent(1));
      }

      @Override
      public void reply(String ticket, Instant at, Actor by) {
        pass(at);
        salesforce.email(
            number(ticket),
            at,
            by == Actor.CUSTOMER,
            by == Actor.CUSTOMER ? SimulatedSalesforce.ROBOT : SimulatedSalesforce.agent(1));
      }

      @Override
      public Source open() {
        return Given.at(salesforce.url()).rows(3).source(time);
      }

      @Override
      public Source openUnreachable() {
        return Given.at("http://127.0.0.1:1").source(time);
      }

      @Override
      public Vocabulary vocabulary() {
        return new SalesforceKind().vocabulary(Given.at(salesforce.url()).settings());
      }

      @Override
      public void close() {
        salesforce.close();
      }
    };
  }
}
