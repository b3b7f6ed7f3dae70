package io.helpdeskexporter.store;

import io.helpdeskexporter.facts.Contact;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table, or what a new one starts as.
 *
 * @param exists whether there is a row
 * @param changedIn number of the transaction that last changed the content
 * @param derivedIn number of the transaction that last derived it; empty if none has
 * @param dirty whether its content waits for derivation
 * @param summary as of the last derivation; empty if there was none
 * @param ledger as bytes, because most readers have no use for it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record StoredTicket(
    String id,
    boolean exists,
    long changedIn,
    OptionalLong derivedIn,
    boolean dirty,
    Optional<Contact> summary,
    Content content,
    byte @Nullable [] ledger) {

  static StoredTicket unknown(String id) {
    return new StoredTicket(
        id, false, 0, OptionalLong.empty(), false, Optional.empty(), Content.NOTHING, null);
  }
}
