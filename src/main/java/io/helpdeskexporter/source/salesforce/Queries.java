package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for rows. Of a page that is not the last no link is followed: where it ended is where the
 * next query begins, which no expiry of a link can lose.
 */
final class Queries {
  private static final int REFUSED = 400;

  /** An address may be 16 KB long; an id takes 27 bytes of it. */
  private static final int IDS_PER_CALL = 300;

  private final Api api;
  private final Schema schema;

  Queries(Api api, Schema schema) {
    this.api = api;
    this.schema = schema;
  }

  /**
   * One answer.
   *
   * @param rows as they were told
   * @param isWhole whether these are all rows of the query
   */
  record Rows(Answer answer, List<Item> rows, boolean isWhole) {}

  /**
   * The rows of a table; empty if the account has none, or the user may not read it.
   *
   * @param select what is asked for beside the table's own fields, such as rows of children
   * @param rest what follows the name of the table, from {@code WHERE} on
   */
  Optional<Rows> read(Table table, List<String> select, String rest)
      throws SourceException, InterruptedException {
    for (int tried = 1; ; tried++) {
      Optional<Set<String>> fields = schema.fields(table.type());
      if (fields.isEmpty()) {
        return Optional.empty();
      }
      requireNeeded(table, fields.get());
      List<String> columns = new ArrayList<>(table.readable(fields.get()));
      columns.addAll(select);
      // What a description promises and a query refuses is a parent's as a rule.
      List<String> asked = tried <= 2 ? columns : Table.plain(columns);
      Answer answer =
          ask(
              table.endpoint(),
              table.type(),
              "SELECT %s FROM %s %s".formatted(String.join(",", asked), table.type(), rest));
      if (answer.status() != REFUSED) {
        return Optional.of(rows(answer));
      }
      String code = SalesforceManners.code(answer);
      boolean mayDiffer = code.equals("INVALID_FIELD") || code.equals("INVALID_TYPE");
      if (mayDiffer && tried < 3) {
        schema.forget(table.type());
      } else if (code.equals("INVALID_TYPE")) {
        return Optional.empty();
      } else {
        throw refused(table.type(), code);
      }
    }
  }

  /** Rows of a query without a table's fields. */
  Optional<Rows> read(String type, String soql) throws SourceException, InterruptedException {
    Answer answer = ask(Table.LIVE, type, soql);
    if (answer.status() != REFUSED) {
      return Optional.of(rows(answer));
    }
    String code = SalesforceManners.code(answer);
    if (code.equals("INVALID_TYPE") || code.equals("INVALID_FIELD")) {
      return Optional.empty();
    }
    throw refused(type, code);
  }

  /** The rows of these ids, as many as there are, in as many calls as that takes. */
  List<Item> byIds(Table table, List<String> select, Set<String> ids)
      throws SourceException, InterruptedException {
    List<Item> all = new ArrayList<>();
    Set<String> rest = new LinkedHashSet<>(ids);
    while (!rest.isEmpty()) {
      List<String> some = rest.stream().limit(IDS_PER_CALL).toList();
      Optional<Rows> answer =
          read(table, select, "WHERE Id IN %s ORDER BY Id".formatted(Soql.list(some)));
      if (answer.isEmpty()) {
        return all;
      }
      all.addAll(answer.get().rows());
      Set<String> got = keys(answer.get().rows());
      boolean isWhole = answer.get().isWhole() || got.isEmpty();
      rest.removeAll(isWhole ? new HashSet<>(some) : got);
    }
    return all;
  }

  private static Set<String> keys(List<Item> rows) {
    Set<String> keys = new HashSet<>();
    for (Item row : rows) {
      try {
        row.key("Id").ifPresent(keys::add);
      } catch (BadItem e) {
        // Left out, and said so, when it is read.
      }
    }
    return keys;
  }

  private Answer ask(String endpoint, String name, String soql)
      throws SourceException, InterruptedException {
    return api.ask(
        Call.get(name, Schema.DATA + endpoint)
            .with("q", soql)
            .limitedBy(SalesforceManners.DAILY)
            .accepting(REFUSED));
  }

  private static Rows rows(Answer answer) {
    return new Rows(
        answer,
        Item.all(answer.json().path("records")),
        answer.json().path("done").asBoolean(true));
  }

  private SourceException refused(String type, String code) {
    return switch (code) {
      case "QUERY_TIMEOUT", "OPERATION_TOO_LARGE", "QUERY_TOO_COMPLICATED" ->
          new SourceException.Unavailable(
              "Salesforce at %s did not manage a query of %s (%s); the next one asks for less"
                  .formatted(api.address().host(), type, code));
      case "INVALID_FIELD" ->
          new SourceException.Misconfigured(
              ("Salesforce at %s refuses a field of %s (INVALID_FIELD) that it says there is: give"
                      + " the user of the app read access to its fields")
                  .formatted(api.address().host(), type));
      default ->
          new SourceException.Nonsense(
              "Salesforce at %s did not understand a query of %s (%s)"
                  .formatted(api.address().host(), type, code));
    };
  }

  private void requireNeeded(Table table, Set<String> fields) throws SourceException {
    List<String> lacking = table.needed().stream().filter(it -> !fields.contains(it)).toList();
    if (!lacking.isEmpty()) {
      throw new SourceException.Misconfigured(
          "Salesforce at %s does not let the user of the app read %s of %s: give it read access to them"
              .formatted(api.address().host(), String.join(", ", lacking), table.type()));
    }
  }

  /** What can be read of a table; empty if nothing of it can. */
  Optional<List<String>> readable(Table table) throws SourceException, InterruptedException {
    return schema.fields(table.type()).map(table::readable);
  }

  /** What of a table cannot be read, though the rest can. */
  List<String> missing(Table table) throws SourceException, InterruptedException {
    return schema.fields(table.type()).map(table::missing).orElseGet(List::of);
  }

  boolean has(Table table) throws SourceException, InterruptedException {
    return schema.fields(table.type()).isPresent();
  }
}
