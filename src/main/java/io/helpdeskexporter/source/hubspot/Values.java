package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The properties of an object. All of them are texts. */
record Values(Item object) {
  Optional<String> text(String property) throws BadItem {
    return object.item("properties").text(property);
  }

  /** ISO 8601, a day, or milliseconds of the epoch. */
  Optional<Instant> time(String property) throws BadItem {
    Optional<String> text = text(property);
    if (text.isPresent() && text.get().matches("-?\\d{1,16}")) {
      return Optional.of(Instant.ofEpochMilli(Long.parseLong(text.get())));
    }
    if (text.isPresent() && text.get().matches("\\d{4}-\\d{2}-\\d{2}")) {
      return Optional.of(Instant.parse(text.get() + "T00:00:00Z"));
    }
    return object.item("properties").time(property);
  }

  OptionalLong number(String property) throws BadItem {
    return object.item("properties").number(property);
  }

  Optional<BigDecimal> decimal(String property) throws BadItem {
    return object.item("properties").decimal(property);
  }

  boolean isTrue(String property) throws BadItem {
    return object.item("properties").isTrue(property);
  }

  /** The parts of a value that has several. */
  List<String> list(String property) throws BadItem {
    return text(property).stream()
        .flatMap(all -> Arrays.stream(all.split(";")))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  Instant created() throws BadItem {
    Optional<Instant> created = time("createdate");
    return created.isPresent() ? created.get() : object.requiredTime("createdAt");
  }

  Instant modified() throws BadItem {
    Optional<Instant> modified = time(Crm.MODIFIED);
    return modified.isPresent() ? modified.get() : object.requiredTime("updatedAt");
  }
}
