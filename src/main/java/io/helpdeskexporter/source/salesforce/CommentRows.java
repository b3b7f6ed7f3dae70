package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.util.List;
import java.util.Optional;

/** What a row of a comment says: a reply where the customer sees it, else a note. */
record CommentRows(Authors authors) {
  static final Table TABLE =
      new Table(
          "CaseComment",
          Table.ALL,
          "SystemModstamp",
          List.of("Id", "ParentId", "IsPublished", "CreatedDate", "SystemModstamp"),
          List.of(Authors.ID, Authors.TYPE),
          Optional.empty());

  void read(Item row, Harvest harvest) throws BadItem {
    Stamp stamp =
        Stamp.of("comment/" + Ids.whole(row.requiredKey("Id")), row.requiredTime("CreatedDate"));
    harvest.event(
        Ids.whole(row.requiredKey("ParentId")),
        new TicketEvent.Message(stamp, authors.of(row), row.isTrue("IsPublished"), false));
  }
}
