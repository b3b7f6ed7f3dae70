package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.util.Optional;
import java.util.Set;

/** Who created a row, by what kind of user that is. */
record Authors(Set<String> bots, Set<String> systemUsers) {
  /** What is asked for of each row. */
  static final String ID = "CreatedById";

  static final String TYPE = "CreatedBy.UserType";

  /** Where the kind cannot be read, somebody of the staff. */
  Author of(Item row) throws BadItem {
    Optional<String> id = row.key(ID).map(Ids::whole);
    if (id.filter(bots::contains).isPresent()) {
      return Author.bot(id.get());
    }
    if (id.filter(systemUsers::contains).isPresent()) {
      return Author.SYSTEM;
    }
    return switch (row.item("CreatedBy").text("UserType").orElse("")) {
      case "", "Standard", "CsnOnly" -> id.map(Author::agent).orElse(Author.SYSTEM);
      case "AutomatedProcess", "CloudIntegrationUser" -> Author.SYSTEM;
      default -> Author.CUSTOMER;
    };
  }
}
