package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the account's statuses are. History may name one by its label, which is translated. One that
 * closes a case is told as {@code Closed}, whatever its name, unless it is said to mean solved.
 */
final class StatusWords {
  static final String CLOSED = "Closed";
  static final StatusWords NONE = new StatusWords(Set.of());

  private final Map<String, String> names = new HashMap<>();
  private final Set<String> closing = new HashSet<>();
  private final Set<String> solved;

  private StatusWords(Set<String> solvedStatuses) {
    solved = new HashSet<>();
    solvedStatuses.forEach(status -> solved.add(fold(status)));
  }

  /**
   * @param rows of {@code CaseStatus}
   */
  static StatusWords of(List<Item> rows, Set<String> solvedStatuses) {
    StatusWords words = new StatusWords(solvedStatuses);
    for (Item row : rows) {
      try {
        String name = row.requiredText("ApiName");
        row.text("MasterLabel").ifPresent(label -> words.names.put(fold(label), name));
        if (row.isTrue("IsClosed")) {
          words.closing.add(name);
        }
      } catch (BadItem e) {
        // A status without a name is nobody's.
      }
    }
    // A name wins over a label that another status has.
    for (Item row : rows) {
      try {
        String name = row.requiredText("ApiName");
        words.names.put(fold(name), name);
      } catch (BadItem e) {
        // As above.
      }
    }
    return words;
  }

  /** Of the past, when nothing but the word is known. */
  String word(String told) {
    String name = names.getOrDefault(fold(told), told);
    return word(name, closing.contains(name));
  }

  /** Of a case that is closed or is not, whatever its status was called. */
  String word(String told, boolean isClosed) {
    String name = names.getOrDefault(fold(told), told);
    return isClosed && !solved.contains(fold(name)) ? CLOSED : name;
  }

  private static String fold(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}
