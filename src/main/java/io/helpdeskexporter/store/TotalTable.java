package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.kpi.Measure;
import io.helpdeskexporter.kpi.Observation;
import io.helpdeskexporter.kpi.Total;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The ever-growing totals of one source. */
final class TotalTable {
  private static final String BEGIN =
      """
      INSERT INTO total AS t (source_id, measure, team, channel, priority, detail, count, sum,
        buckets, since)
      SELECT :source, measure, team, channel, priority, detail, count, sum, buckets::bigint[], :since
      FROM unnest(CAST(:measures AS text[]), CAST(:teams AS text[]), CAST(:channels AS text[]),
        CAST(:priorities AS text[]), CAST(:details AS text[]), CAST(:counts AS bigint[]),
        CAST(:sums AS bigint[]), CAST(:buckets AS text[]))
        AS grown (measure, team, channel, priority, detail, count, sum, buckets)
      ON CONFLICT (source_id, measure, team, channel, priority, detail) DO UPDATE SET
        count = t.count + excluded.count,
        sum = t.sum + excluded.sum,
        buckets = ARRAY(
          SELECT was + more
          FROM unnest(t.buckets, excluded.buckets) WITH ORDINALITY AS both_of (was, more, bucket)
          ORDER BY bucket)
      RETURNING id, measure, team, channel, priority, detail
      """;

  /** What is only counted has no buckets, and most is. */
  private static final String GROW =
      """
      UPDATE total AS t SET
        count = t.count + grown.count,
        sum = t.sum + grown.sum,
        buckets = CASE WHEN grown.buckets = '{}' THEN t.buckets ELSE ARRAY(
          SELECT was + more
          FROM unnest(t.buckets, grown.buckets::bigint[])
            WITH ORDINALITY AS both_of (was, more, bucket)
          ORDER BY bucket) END
      FROM unnest(CAST(:ids AS bigint[]), CAST(:counts AS bigint[]), CAST(:sums AS bigint[]),
        CAST(:buckets AS text[])) AS grown (id, count, sum, buckets)
      WHERE t.id = grown.id
      """;

  private static final String STORED =
      """
      SELECT id FROM total WHERE id = ANY(CAST(:ids AS bigint[]))
      """;

  private static final String ALL =
      """
      SELECT id, measure, team, channel, priority, detail, count, sum, buckets, since
      FROM total
      WHERE source_id = :source
      ORDER BY id
      """;

  private final String sourceName;
  private final int source;
  private final Known known;

  TotalTable(String sourceName, int source, Known known) {
    this.sourceName = sourceName;
    this.source = source;
    this.known = known;
  }

  /** The numbers of the rows that this process has written or read. */
  private final Map<Key, Long> rows = new ConcurrentHashMap<>();

  private record Key(String measure, Attribution attribution, String detail) {
    /** The one that a row has, which may be that of several texts. */
    Key storable() {
      String storedTeam = PgText.storable(attribution.team());
      String storedDetail = PgText.storable(detail);
      return storedTeam.equals(attribution.team()) && storedDetail.equals(detail)
          ? this
          : new Key(
              measure,
              new Attribution(storedTeam, attribution.channel(), attribution.priority()),
              storedDetail);
    }

    /** Written out: these are compared by the million before the compiler has got to records. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && measure.equals(key.measure)
          && detail.equals(key.detail)
          && attribution.channel() == key.attribution.channel()
          && attribution.priority() == key.attribution.priority()
          && attribution.team().equals(key.attribution.team());
    }

    @Override
    public int hashCode() {
      int hash = 31 * measure.hashCode() + attribution.team().hashCode();
      hash = 31 * hash + attribution.channel().ordinal();
      hash = 31 * hash + attribution.priority().ordinal();
      return 31 * hash + detail.hashCode();
    }
  }

  private static final class Growth {
    private final long[] bounds;
    private final long[] buckets;
    private long count;
    private long sum;

    Growth(Measure measure) {
      bounds = measure.bounds().stream().mapToLong(Long::longValue).toArray();
      buckets = new long[bounds.length == 0 ? 0 : bounds.length + 1];
    }

    void add(Observation observation) {
      count++;
      sum += observation.amount();
      if (buckets.length > 0) {
        buckets[bucket(observation.value())]++;
      }
    }

    /** What another text of the same row came to. */
    Growth plus(Growth other) {
      count += other.count;
      sum += other.sum;
      Arrays.setAll(buckets, i -> buckets[i] + other.buckets[i]);
      return this;
    }

    /** Bounds are inclusive. */
    private int bucket(long value) {
      int bucket = 0;
      while (bucket < bounds.length && value > bounds[bucket]) {
        bucket++;
      }
      return bucket;
    }

    String bucketsAsText() {
      return Arrays.toString(buckets).replace('[', '{').replace(']', '}');
    }
  }

  void grow(Handle handle, Collection<Observation> counted, Instant asOf) {
    if (counted.isEmpty()) {
      return;
    }
    Map<Key, Growth> told = new HashMap<>();
    for (Observation observation : counted) {
      Measure measure = observation.measure();
      if (known.isAddedUp(measure)) {
        Key key = new Key(measure.name(), observation.attribution(), observation.detail());
        Growth growth = told.get(key);
        if (growth == null) {
          growth = new Growth(measure);
          told.put(key, growth);
        }
        growth.add(observation);
      }
    }
    Map<Key, Growth> growths = HashMap.newHashMap(told.size());
    told.forEach((key, growth) -> growths.merge(key.storable(), growth, Growth::plus));
    Map<Long, Key> numbered = HashMap.newHashMap(growths.size());
    for (Key key : growths.keySet()) {
      Long number = rows.get(key);
      if (number != null) {
        numbered.put(number, key);
      }
    }
    grown(handle, numbered, growths).forEach(number -> growths.remove(numbered.get(number)));
    begin(handle, growths, asOf);
  }

  /** The numbers of those that were there: not of one whose first transaction was rolled back. */
  private static List<Long> grown(
      Handle handle, Map<Long, Key> numbered, Map<Key, Growth> growths) {
    if (numbered.isEmpty()) {
      return List.of();
    }
    List<Long> numbers = List.copyOf(numbered.keySet());
    List<Growth> values = numbers.stream().map(numbered::get).map(growths::get).toList();
    int stored =
        withAmounts(handle.createUpdate(GROW), values)
            .bindArray("ids", Long.class, numbers)
            .execute();
    return stored == numbers.size()
        ? numbers
        : handle.createQuery(STORED).bindArray("ids", Long.class, numbers).mapTo(Long.class).list();
  }

  private void begin(Handle handle, Map<Key, Growth> growths, Instant asOf) {
    if (growths.isEmpty()) {
      return;
    }
    List<Key> keys = List.copyOf(growths.keySet());
    List<Growth> values = keys.stream().map(growths::get).toList();
    withAmounts(handle.createQuery(BEGIN), values)
        .bind("source", source)
        .bind("since", TicketTable.utc(asOf))
        .bindArray("measures", String.class, keys.stream().map(Key::measure).toList())
        .bindArray("teams", String.class, keys.stream().map(key -> key.attribution.team()).toList())
        .bindArray(
            "channels",
            String.class,
            keys.stream().map(key -> key.attribution.channel().label()).toList())
        .bindArray(
            "priorities",
            String.class,
            keys.stream().map(key -> key.attribution.priority().label()).toList())
        .bindArray("details", String.class, keys.stream().map(Key::detail).toList())
        .map((row, _) -> Map.entry(key(row), row.getLong("id")))
        .forEach(row -> rows.put(row.getKey(), row.getValue()));
  }

  private static <S extends SqlStatement<S>> S withAmounts(S statement, List<Growth> values) {
    return statement
        .bindArray("counts", Long.class, values.stream().map(growth -> growth.count).toList())
        .bindArray("sums", Long.class, values.stream().map(growth -> growth.sum).toList())
        .bindArray("buckets", String.class, values.stream().map(Growth::bucketsAsText).toList());
  }

  /**
   * The totals of the measures that are known.
   *
   * @throws StoreException.Corrupt if a measure's buckets are not the ones it was stored with
   */
  List<Total> all(Handle handle) {
    List<Total> totals = new ArrayList<>();
    handle
        .createQuery(ALL)
        .bind("source", source)
        .map(
            (row, _) -> {
              Key key = key(row);
              rows.put(key, row.getLong("id"));
              Optional<Measure> measure = known.measure(key.measure);
              if (measure.isPresent()) {
                totals.add(
                    new Total(
                        measure.get(),
                        key.attribution,
                        key.detail,
                        row.getLong("count"),
                        row.getLong("sum"),
                        buckets(measure.get(), (Long[]) row.getArray("buckets").getArray()),
                        row.getObject("since", OffsetDateTime.class).toInstant()));
              }
              return source;
            })
        .list();
    return totals;
  }

  private static Key key(ResultSet row) throws SQLException {
    Attribution attribution =
        new Attribution(
            row.getString("team"),
            Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
            Priority.valueOf(row.getString("priority").toUpperCase(Locale.ROOT)));
    return new Key(row.getString("measure"), attribution, row.getString("detail"));
  }

  private List<Long> buckets(Measure measure, Long[] stored) {
    int expected = measure.bounds().isEmpty() ? 0 : measure.bounds().size() + 1;
    if (stored.length != expected) {
      throw new StoreException.Corrupt(
          "source %s: the totals of %s are stored in %d buckets and this version knows %d; buckets"
                  .formatted(sourceName, measure.name(), stored.length, expected)
              + " of a measure never change, so another version of the program wrote them.");
    }
    return List.of(stored);
  }
}
