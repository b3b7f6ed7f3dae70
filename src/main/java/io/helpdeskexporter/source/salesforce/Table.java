package io.helpdeskexporter.source.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An object of Salesforce as far as it is read.
 *
 * @param type its API name
 * @param endpoint {@code queryAll}, which has deleted rows too, or {@code query}
 * @param changed the field that rows are followed by
 * @param needed fields without which it cannot be read
 * @param wanted fields that an edition, a licence or a permission may lack; those of a parent after
 *     a dot
 * @param condition what rows have to be beside, such as {@code Type IN ('Renewal')}
 */
record Table(
    String type,
    String endpoint,
    String changed,
    List<String> needed,
    List<String> wanted,
    Optional<String> condition) {
  static final String ALL = "queryAll";
  static final String LIVE = "query";

  Table {
    needed = List.copyOf(needed);
    wanted = List.copyOf(wanted);
  }

  /** What can be asked for of the fields that there are. */
  List<String> readable(Set<String> fields) {
    List<String> readable = new ArrayList<>(needed);
    wanted.stream()
        .filter(field -> fields.contains(column(field)) && !readable.contains(field))
        .forEach(readable::add);
    return readable;
  }

  List<String> missing(Set<String> fields) {
    return wanted.stream().filter(field -> !fields.contains(column(field))).toList();
  }

  /** Without those of parents, which may be refused though the reference is not. */
  static List<String> plain(List<String> fields) {
    return fields.stream().filter(field -> !field.contains(".")).toList();
  }

  /** The field of the row itself: {@code OwnerId} of {@code Owner.Name}. */
  private static String column(String field) {
    int dot = field.indexOf('.');
    if (dot < 0) {
      return field;
    }
    String parent = field.substring(0, dot);
    return parent.endsWith("__r") ? parent.substring(0, parent.length() - 1) + "c" : parent + "Id";
  }
}
