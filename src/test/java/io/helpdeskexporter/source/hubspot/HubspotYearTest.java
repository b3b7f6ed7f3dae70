package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.YearContract;
import java.util.List;
import java.util.Map;

class HubspotYearTest extends YearContract {
  @Override
  protected String name() {
    return "hubspot";
  }

  @Override
  protected Vendor openVendor(SimulatedTime time) {
    return new Year(time);
  }

  /** Five pages of a search, twenty readings of fifty, associations, and a few lists. */
  @Override
  protected int mostCallsPerThousandChangedTickets() {
    return 70;
  }

  /**
   * How often a ticket was read again is part of its version alone, a ticket that was merged into
   * another is told as it was seen before, and what happens while a source waits for its turn is
   * written down a little later.
   */
  @Override
  protected Map<String, String> whatMustAgree(Reading reading) {
    Map<String, String> told = super.whatMustAgree(reading);
    List<String> merged =
        told.keySet().stream()
            .filter(key -> key.matches("event \\d+ merged/.*"))
            .map(key -> key.split(" ")[1])
            .toList();
    told.keySet().removeIf(key -> merged.contains(key.split(" ")[1]) && !key.contains(" merged/"));
    told.replaceAll(
        (_, it) -> it.replaceFirst("version=\\d+, ", "").replaceFirst("updatedAt=[^,]+, ", ""));
    return told;
  }

  private record Year(SimulatedTime time, SimulatedHubspot hubspot) implements Vendor {
    Year(SimulatedTime time) {
      this(time, new SimulatedHubspot(time));
      hubspot.lagging = true;
    }

    @Override
    public void play(Act act) {
      hubspot.play(act);
    }

    @Override
    public SimulatedApi api() {
      return hubspot;
    }

    @Override
    public Source open() {
      Given given = Given.at(hubspot.url()).withPageSize(20);
      given.messages = true;
      return new HubspotSource(given.settings(), time, time);
    }

    @Override
    public Source openAsUsual() {
      return new HubspotSource(Given.at(hubspot.url()).settings(), time, time);
    }

    @Override
    public void close() {
      hubspot.close();
    }
  }
}
