package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Rejected;
import java.util.ArrayList;
import java.util.List;

/** What the rows of a page gave. */
final class Harvest {
  private final List<Change> changes = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();

  void add(Change change) {
    changes.add(change);
  }

  void reject(Rejected row) {
    rejected.add(row);
  }

  List<Change> changes() {
    return changes;
  }

  List<Rejected> rejected() {
    return rejected;
  }
}
