package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.SourceContract;
import java.util.Map;

/** A Chatwoot without audit logs, which records of statuses only that it was resolved. */
class ChatwootCommunityTest extends SourceContract {
  @Override
  protected Desk openDesk() {
    return ChatwootDesk.community();
  }

  @Override
  protected Map<Capability, String> lacks() {
    return Map.of(
        Capability.STATUS_HISTORY,
        "without audits, only resolves have rows of their own; the rest is seen by looking");
  }
}
