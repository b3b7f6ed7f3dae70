package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which of the objects that something is associated with is meant. */
final class Associations {
  private static final Comparator<String> OLDEST_FIRST = Comparator.comparing(BigInteger::new);

  private Associations() {}

  /** The one labelled primary, else the one with the least id, whatever order they come in. */
  static Optional<String> chosen(List<Item> associated) throws BadItem {
    Optional<String> primary = Optional.empty();
    Optional<String> first = Optional.empty();
    for (Item each : associated) {
      Optional<String> id = each.key("toObjectId").filter(it -> it.matches("\\d+"));
      first = least(first, id);
      if (isPrimary(each)) {
        primary = least(primary, id);
      }
    }
    return primary.isPresent() ? primary : first;
  }

  private static Optional<String> least(Optional<String> one, Optional<String> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(OLDEST_FIRST.compare(one.get(), other.get()) <= 0 ? one.get() : other.get())
        : one.or(() -> other);
  }

  private static boolean isPrimary(Item association) throws BadItem {
    for (Item type : association.items("associationTypes")) {
      if (type.text("label").filter("Primary"::equalsIgnoreCase).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
