package io.helpdeskexporter.source.typeform;

import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.survey.Ends;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The questions of a form, which know their scales; responses do not.
 *
 * @param fields by id, in the order of the form
 */
record FormDefinition(Map<String, Field> fields) {
  private static final int RATING_STEPS = 5;
  private static final int SCALE_STEPS = 11;
  private static final int MOST = 1_000_000;

  /**
   * A question.
   *
   * @param ends of the row of numbers that it is answered with, where it is
   */
  record Field(String id, Optional<String> ref, String type, Optional<Ends> ends) {
    /** Whether the answer is a number or a yes, which might be a score. */
    boolean mayScore() {
      return switch (type) {
        case "opinion_scale", "rating", "nps", "yes_no", "legal", "number" -> true;
        default -> false;
      };
    }
  }

  static FormDefinition of(Item form) throws BadItem {
    Map<String, Field> fields = new LinkedHashMap<>();
    collect(form, fields);
    return new FormDefinition(fields);
  }

  /** Groups and matrices hold further questions. */
  private static void collect(Item parent, Map<String, Field> fields) throws BadItem {
    for (Item field : parent.items("fields")) {
      String id = field.requiredKey("id");
      String type = field.text("type").orElse("");
      fields.put(id, new Field(id, field.text("ref"), type, ends(type, field)));
      collect(field.item("properties"), fields);
    }
  }

  private static Optional<Ends> ends(String type, Item field) throws BadItem {
    Item properties = field.item("properties");
    return switch (type) {
      case "nps" -> between(0, 10);
      case "yes_no", "legal" -> between(0, 1);
      case "rating" -> between(1, properties.number("steps").orElse(RATING_STEPS));
      case "opinion_scale" -> {
        long steps = properties.number("steps").orElse(SCALE_STEPS);
        yield properties.isTrue("start_at_one") ? between(1, steps) : between(0, steps - 1);
      }
      case "number" -> {
        Item limits = field.item("validations");
        OptionalLong least = limits.number("min_value");
        OptionalLong most = limits.number("max_value");
        yield least.isPresent() && most.isPresent()
            ? between(least.getAsLong(), most.getAsLong())
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /** Nothing where no scale of ours could lie between them. */
  private static Optional<Ends> between(long least, long most) {
    return least < most && least >= -MOST && most <= MOST
        ? Optional.of(new Ends((int) least, (int) most))
        : Optional.empty();
  }
}
