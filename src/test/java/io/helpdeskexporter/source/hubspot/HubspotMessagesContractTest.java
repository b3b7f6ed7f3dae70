package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.SourceContract;
import java.util.Map;

/** With conversations. */
class HubspotMessagesContractTest extends SourceContract {
  @Override
  protected Desk openDesk() {
    return new HubspotDesk(true);
  }

  @Override
  protected Map<Capability, String> lacks() {
    return Map.of(
        Capability.COUNT,
        "the total of a search leaves out deleted and merged tickets, which are told");
  }
}
