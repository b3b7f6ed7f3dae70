package io.helpdeskexporter.source.zendesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedGrant;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.YearContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class ZendeskYearTest extends YearContract {
  /** One for each look, and more for those that ended while pages were turned. */
  private static final int FEWEST_RENEWALS = 150;

  @TempDir private Path folder;

  /** Small where much is to go wrong. */
  private int rowsPerPage;

  /** What is asked for once a day is no matter of how many tickets change. */
  private boolean hours;

  @BeforeEach
  void choosePages(TestInfo test) {
    boolean counted = test.getTestMethod().orElseThrow().getName().contains("CostFewCalls");
    rowsPerPage = counted ? 1000 : 12;
    hours = !counted;
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
    if (hours) {
      zendesk.keepHours();
    }
    return new Vendor() {
      @Override
      public void play(Act act) {
        zendesk.play(act);
        if (act.ticket() % 5 == 0) {
          zendesk.grant.ifPresent(SimulatedGrant::endEarly);
        }
      }

      @Override
      public void beRough() {
        zendesk.permit(folder.resolve("zendesk.json"));
      }

      @Override
      public SimulatedApi api() {
        return zendesk;
      }

      @Override
      public Source open() {
        Zendesks configured = Zendesks.at(zendesk.url());
        configured.rowsPerPage = rowsPerPage;
        zendesk.grant.ifPresent(grant -> configured.use(grant.settings()));
        return new ZendeskSource(configured.settings(), time, time);
      }

      @Override
      public void close() {
        zendesk.grant.ifPresent(it -> assertThat(it.renewals()).isGreaterThan(FEWEST_RENEWALS));
        zendesk.close();
      }
    };
  }
}
