package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.YearContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

class ZendeskYearTest extends YearContract {
  /** Small where much is to go wrong. */
  private int rowsPerPage;

  @BeforeEach
  void choosePages(TestInfo test) {
    boolean counted = test.getTestMethod().orElseThrow().getName().contains("CostFewCalls");
    rowsPerPage = counted ? 1000 : 12;
  }

  @Override
  protected String name() {
    return "zendesk";
  }

  @Override
  protected int mostCallsPerThousandChangedTickets() {
    return 30;
  }

  @Override
  protected Vendor openVendor(SimulatedTime time) {
    SimulatedZendesk zendesk = new SimulatedZendesk(time);
    return new Vendor() {
      @Override
      public void play(Act act) {
        zendesk.play(act);
      }

      @Override
      public SimulatedApi api() {
        return zendesk;
      }

      @Override
      public Source open() {
        return new ZendeskSource(Zendesks.settings(zendesk.url(), rowsPerPage), time, time);
      }

      @Override
      public void close() {
        zendesk.close();
      }
    };
  }
}
