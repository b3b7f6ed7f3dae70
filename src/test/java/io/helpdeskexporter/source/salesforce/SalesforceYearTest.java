package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.Fault;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.YearContract;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

class SalesforceYearTest extends YearContract {
  @Override
  protected String name() {
    return "salesforce";
  }

  /**
   * Half of those are made once a day, however much changed, and half as many cases change here.
   */
  @Override
  protected int mostCallsPerThousandChangedTickets() {
    return 50;
  }

  /** Sessions end at any time here. */
  @Override
  protected Set<Fault> faults() {
    Set<Fault> faults = super.faults();
    faults.add(Fault.REFUSED);
    return faults;
  }

  /** Of these, the history may be gone when somebody looks, although it comes back. */
  private final Set<String> onceDeleted = new HashSet<>();

  /**
   * A row carries the time at which it is written, which is later while the source waits. That a
   * case was closed is told by its row only while it is; the history, which tells it too, goes with
   * a case that is deleted.
   */
  @Override
  protected Map<String, String> whatMustAgree(Reading reading) {
    Map<String, String> told = super.whatMustAgree(reading);
    told.keySet().removeIf(key -> key.contains(" state/closed/"));
    told.keySet()
        .removeIf(key -> key.contains(" history/") && onceDeleted.contains(key.split(" ")[1]));
    told.replaceAll((_, it) -> it.replaceFirst("version=\\d+, ", ""));
    told.replaceAll((_, it) -> it.replaceFirst("updatedAt=[^,]+, ", ""));
    return told;
  }

  @Override
  protected Vendor openVendor(SimulatedTime time) {
    SimulatedSalesforce salesforce = new SimulatedSalesforce(time);
    salesforce.seenLate = true;
    salesforce.dailyLimit = 100_000;
    return new Vendor() {
      @Override
      public void play(Act act) {
        salesforce.play(act);
        switch (act) {
          case Act.Deleted _, Act.MarkedSpam _, Act.MergedInto _ ->
              onceDeleted.add(SimulatedSalesforce.caseId(act.ticket()));
          default -> {
            // Its history stays.
          }
        }
      }

      @Override
      public SimulatedApi api() {
        return salesforce;
      }

      @Override
      public Source open() {
        return Given.at(salesforce.url()).rows(12).source(time);
      }

      @Override
      public Source openAsUsual() {
        return Given.at(salesforce.url()).source(time);
      }

      @Override
      public void close() {
        salesforce.close();
      }
    };
  }
}
