package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Fields that an operator names, which may be a parent's: {@code Account.Tier__c}. */
final class Fields {
  private static final int DAY = "2026-11-01".length();

  private Fields() {}

  static Optional<String> text(Item row, String field) throws BadItem {
    return holder(row, field).text(last(field));
  }

  /** A time, or a day without one, which is a day of the account's time zone. */
  static Optional<Instant> time(Item row, String field, ZoneId zone) throws BadItem {
    Optional<String> text = text(row, field);
    if (text.isEmpty() || text.get().length() != DAY) {
      return holder(row, field).time(last(field));
    }
    try {
      return Optional.of(LocalDate.parse(text.get()).atStartOfDay(zone).toInstant());
    } catch (DateTimeException e) {
      throw new BadItem("bad_date", field + ": expected a day such as 2026-11-01");
    }
  }

  private static Item holder(Item row, String field) {
    Item holder = row;
    String[] steps = field.split("\\.");
    for (int i = 0; i < steps.length - 1; i++) {
      holder = holder.item(steps[i]);
    }
    return holder;
  }

  private static String last(String field) {
    return field.substring(field.lastIndexOf('.') + 1);
  }
}
