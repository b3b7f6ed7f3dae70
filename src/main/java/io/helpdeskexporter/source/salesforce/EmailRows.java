package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a row of an e-mail says. That it was deleted later changes nothing: it was written.
 *
 * @param authors of those that were sent
 */
record EmailRows(Authors authors) {
  static final Table TABLE =
      new Table(
          "EmailMessage",
          Table.ALL,
          "SystemModstamp",
          List.of("Id", "ParentId", "Incoming", "Status", "CreatedDate", "SystemModstamp"),
          List.of("MessageDate", Authors.ID, Authors.TYPE, "Parent.CreatedDate", "Parent.Origin"),
          // Those of sales, which may be many, belong to no case.
          Optional.of("ParentId != null"));

  /** What comes in so early opened the case; what goes out so early, nobody has typed. */
  private static final Duration AT_ONCE = Duration.ofSeconds(60);

  private static final String SENT = "3";
  private static final String CASE = "500";
  private static final String PHONE = "Phone";

  void read(Item row, Harvest harvest) throws BadItem {
    Optional<String> parent = row.key("ParentId").filter(id -> id.startsWith(CASE));
    boolean incoming = row.isTrue("Incoming");
    if (parent.isEmpty() || !incoming && !row.text("Status").equals(Optional.of(SENT))) {
      return;
    }
    Optional<Instant> dated = row.time("MessageDate");
    Instant at = dated.isPresent() ? dated.get() : row.requiredTime("CreatedDate");
    Item opened = row.item("Parent");
    boolean atOnce =
        opened.time("CreatedDate").filter(since -> at.isBefore(since.plus(AT_ONCE))).isPresent();
    if (incoming && atOnce) {
      return;
    }
    boolean automatic = atOnce && !opened.text("Origin").equals(Optional.of(PHONE));
    Author author = incoming ? Author.CUSTOMER : automatic ? Author.SYSTEM : authors.of(row);
    Stamp stamp = Stamp.of("email/" + Ids.whole(row.requiredKey("Id")), at);
    harvest.event(Ids.whole(parent.get()), new TicketEvent.Message(stamp, author, true, false));
  }
}
