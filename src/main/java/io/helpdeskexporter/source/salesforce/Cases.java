package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells cases with their milestones, whichever stream came upon them. */
final class Cases {
  private final SalesforceSettings settings;
  private final Table table;
  private final Queries queries;
  private final Words words;
  private final MilestoneRows milestones;

  Cases(SalesforceSettings settings, Queries queries, Words words) {
    this.settings = settings;
    this.table = CaseRows.table(settings);
    this.queries = queries;
    this.words = words;
    this.milestones = new MilestoneRows(settings.milestoneTypes());
  }

  Table table() {
    return table;
  }

  /** The rows of milestones come in the row of their case, without a call of their own. */
  List<String> select() throws SourceException, InterruptedException {
    if (!settings.milestones()) {
      return List.of();
    }
    return queries
        .readable(MilestoneRows.TABLE)
        .map(
            fields ->
                List.of(
                    "(SELECT %s FROM %s)".formatted(String.join(",", fields), CaseRows.MILESTONES)))
        .orElseGet(List::of);
  }

  void read(List<Item> rows, Harvest harvest) throws SourceException, InterruptedException {
    Set<String> owners = new LinkedHashSet<>();
    for (Item row : rows) {
      try {
        row.key("OwnerId").map(Ids::whole).ifPresent(owners::add);
      } catch (BadItem e) {
        // Left out, and said so, when it is read.
      }
    }
    words.meet(owners);
    requireRecordTypes(rows);
    CaseRows reader =
        new CaseRows(settings, words.statuses(), words::queue, milestones, tellsStates());
    harvest.each("case", "Id", rows, row -> reader.read(row, promised(row), harvest));
  }

  /** Else all cases would be internal. */
  private void requireRecordTypes(List<Item> rows) throws SourceException {
    if (!settings.recordTypes().isEmpty() && rows.stream().anyMatch(it -> !it.has("RecordType"))) {
      throw new SourceException.Misconfigured(
          "record_types: the user of the app may not read the record types of cases: give it read"
              + " access to the field, or leave record_types out");
    }
  }

  /** Where no history is read, what changed is known by comparing states. */
  boolean tellsStates() throws SourceException, InterruptedException {
    return !settings.history() || !queries.has(HistoryRows.TABLE);
  }

  /** Those of these cases, by their ids. */
  void readByIds(Set<String> ids, Harvest harvest) throws SourceException, InterruptedException {
    read(queries.byIds(table, select(), ids), harvest);
  }

  /** A case with so many that they do not fit into its row is a call of its own. */
  private List<Item> promised(Item row) throws BadItem, SourceException, InterruptedException {
    Item children = row.item(CaseRows.MILESTONES);
    List<Item> all = new ArrayList<>(children.items("records"));
    if (children.truth("done").orElse(true)) {
      return all;
    }
    Optional<Queries.Rows> rest =
        queries.read(
            MilestoneRows.TABLE,
            List.of(),
            "WHERE CaseId = %s ORDER BY Id LIMIT 2000".formatted(Soql.text(row.requiredKey("Id"))));
    return rest.map(Queries.Rows::rows).orElse(all);
  }
}
