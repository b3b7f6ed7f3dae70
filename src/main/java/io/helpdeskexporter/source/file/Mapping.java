package io.helpdeskexporter.source.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns that are to be read, each with its place in a {@link Row}. */
final class Mapping {
  /** The place of a column that the configuration does not name: it never has a value. */
  static final int NOT_MAPPED = -1;

  private final List<Column> columns = new ArrayList<>();

  int add(String key, String name) {
    return add(key, name, true);
  }

  /**
   * @param needed whether a file without the column cannot be read
   */
  int add(String key, String name, boolean needed) {
    columns.add(new Column(key, name, needed));
    return columns.size() - 1;
  }

  int add(String key, Optional<String> name) {
    return name.map(given -> add(key, given)).orElse(NOT_MAPPED);
  }

  Column column(int slot) {
    return columns.get(slot);
  }

  List<Column> columns() {
    return List.copyOf(columns);
  }
}
