package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.SourceContract;
import java.util.Map;

class HubspotContractTest extends SourceContract {
  @Override
  protected Desk openDesk() {
    return new HubspotDesk(false);
  }

  @Override
  protected Map<Capability, String> lacks() {
    return Map.of(
        Capability.REPLIES,
        "a ticket tells when it was first answered, and not who wrote what",
        Capability.COUNT,
        "the total of a search leaves out deleted and merged tickets, which are told");
  }
}
