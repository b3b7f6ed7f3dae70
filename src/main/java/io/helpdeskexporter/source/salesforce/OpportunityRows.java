package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Deal.Stage;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a row of an opportunity says: an offer to an account, and how it was answered. */
record OpportunityRows(Set<String> types, ZoneId zone) {
  Table table() {
    return new Table(
        "Opportunity",
        Table.ALL,
        "SystemModstamp",
        List.of(
            "Id",
            "AccountId",
            "Type",
            "IsClosed",
            "IsWon",
            "CloseDate",
            "CreatedDate",
            "SystemModstamp",
            "IsDeleted"),
        List.of("Amount"),
        Optional.of("Type IN " + Soql.list(types.stream().sorted().toList())));
  }

  void read(Item row, Harvest harvest) throws BadItem {
    Optional<String> account = row.key("AccountId").map(Ids::whole);
    if (account.isEmpty() || row.isTrue("IsDeleted")) {
      return;
    }
    tell(row, account.get(), Stage.OFFERED, row.requiredTime("CreatedDate"), harvest);
    Optional<Instant> closed = Fields.time(row, "CloseDate", zone);
    if (row.isTrue("IsClosed") && closed.isPresent()) {
      if (row.isTrue("IsWon")) {
        tell(row, account.get(), Stage.ACCEPTED, closed.get(), harvest);
        tell(row, account.get(), Stage.WON, closed.get(), harvest);
      } else {
        tell(row, account.get(), Stage.DECLINED, closed.get(), harvest);
      }
    }
  }

  private static void tell(Item row, String account, Stage stage, Instant at, Harvest harvest)
      throws BadItem {
    Optional<BigDecimal> amount = row.decimal("Amount");
    String key = Ids.whole(row.requiredKey("Id")) + "/" + stage.name().toLowerCase(Locale.ROOT);
    Stamp stamp = new Stamp(key, row.requiredTime("SystemModstamp").toEpochMilli(), at);
    harvest.happening(new Happening.Deal(stamp, account, stage, amount, Optional.empty()));
  }
}
