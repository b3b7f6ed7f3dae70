package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.YearContract;
import java.util.Map;

class FreshdeskYearTest extends YearContract {
  @Override
  protected String name() {
    return "freshdesk";
  }

  @Override
  protected Vendor openVendor(SimulatedTime time) {
    return new Year(time);
  }

  /** A conversation for each ticket that was answered, and a few lists. */
  @Override
  protected int mostCallsPerThousandChangedTickets() {
    return 1_100;
  }

  /**
   * States are those that stood at the looks, and a note is told when the next answer is; the
   * activities tell all of it whenever one looks.
   */
  @Override
  protected Map<String, String> whatMustAgree(Reading reading) {
    Map<String, String> told = super.whatMustAgree(reading);
    told.keySet().removeIf(key -> key.matches("event \\d+ (status|fields)/.*"));
    told.values().removeIf(it -> it.contains("visible=false"));
    told.replaceAll((_, it) -> it.replaceFirst("version=\\d+", ""));
    return told;
  }

  private record Year(SimulatedTime time, SimulatedFreshdesk freshdesk) implements Vendor {
    Year(SimulatedTime time) {
      this(time, new SimulatedFreshdesk(time));
    }

    @Override
    public void play(Act act) {
      freshdesk.play(act);
    }

    @Override
    public SimulatedApi api() {
      return freshdesk;
    }

    @Override
    public Source open() {
      Given given = Given.at(freshdesk.url()).withActivitiesFrom("127.0.0.1");
      return new FreshdeskSource(given.settings(), time, time);
    }

    @Override
    public void close() {
      freshdesk.close();
    }
  }
}
