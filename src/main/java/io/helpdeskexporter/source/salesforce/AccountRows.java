package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Customer.Change;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.salesforce.SalesforceSettings.Customers;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a row of an account says of it as a customer. */
record AccountRows(Customers fields, ZoneId zone) {
  Table table() {
    List<String> wanted = new ArrayList<>();
    wanted.add(fields.since());
    fields.lost().ifPresent(wanted::add);
    fields.monthly().ifPresent(wanted::add);
    return new Table(
        "Account",
        Table.ALL,
        "SystemModstamp",
        List.of("Id", "SystemModstamp", "IsDeleted"),
        wanted,
        Optional.empty());
  }

  void read(Item row, Harvest harvest) throws BadItem {
    Optional<Instant> since = Fields.time(row, fields.since(), zone);
    if (row.isTrue("IsDeleted") || since.isEmpty()) {
      return;
    }
    String id = Ids.whole(row.requiredKey("Id"));
    Instant changed = row.requiredTime("SystemModstamp");
    tell(harvest, id, "joined", changed, since.get(), Change.JOINED, Optional.empty());
    if (fields.monthly().isPresent()) {
      Optional<BigDecimal> pays = Optional.empty();
      Optional<String> told = Fields.text(row, fields.monthly().get());
      if (told.isPresent()) {
        pays = Optional.of(amount(told.get()));
      }
      if (pays.isPresent()) {
        Instant from = Looks.later(since.get(), changed);
        String key = "monthly/" + changed.toEpochMilli();
        tell(harvest, id, key, changed, from, Change.CHANGED, pays);
      }
    }
    if (fields.lost().isPresent()) {
      Optional<Instant> lost = Fields.time(row, fields.lost().get(), zone);
      if (lost.isPresent()) {
        tell(harvest, id, "lost", changed, lost.get(), Change.LOST, Optional.empty());
      }
    }
  }

  private BigDecimal amount(String text) throws BadItem {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new BadItem("bad_number", fields.monthly().orElse("") + ": expected a number");
    }
  }

  private static void tell(
      Harvest harvest,
      String account,
      String what,
      Instant changed,
      Instant at,
      Change change,
      Optional<BigDecimal> monthly) {
    Stamp stamp = new Stamp(account + "/" + what, changed.toEpochMilli(), at);
    harvest.happening(new Happening.Customer(stamp, account, change, monthly));
  }
}
