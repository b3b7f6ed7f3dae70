package io.helpdeskexporter.push;

import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Happenings.Unreadable;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.store.PushTable;
import io.helpdeskexporter.store.Saved;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Where one source is pushed to. Thread-safe. */
public final class Inlet {
  private static final Logger LOG = LoggerFactory.getLogger(Inlet.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Bytes of a line; longer ones are no rows. */
  static final int LONGEST_LINE = 1 << 20;

  /** Rows that share a transaction. */
  private static final int ROWS_AT_ONCE = 5_000;

  /** Rejected rows that an answer names; all are counted. */
  private static final int NAMED = 100;

  private static final int LONGEST_KEY = 255;

  private static final Stream STREAM = new Stream("pushed");

  private final String source;
  private final byte[] token;
  private final SourceStore store;
  private final Derivation derivation;
  private final BooleanSupplier open;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final PushTable given;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param token what whoever pushes has to know
   * @param open whether this process may write to the store
   */
  public Inlet(
      String source,
      String token,
      SourceStore store,
      Derivation derivation,
      BooleanSupplier open,
      InstantSource clock,
      MeterRegistry meters) {
    this.source = source;
    this.token = sha256(token.getBytes(StandardCharsets.UTF_8));
    this.store = store;
    this.derivation = derivation;
    this.open = open;
    this.clock = clock;
    this.meters = meters;
    given = store.pushes();
  }

  /** Whether a token is this source's; takes as long whether it is or not. */
  public boolean isFor(String presented) {
    return MessageDigest.isEqual(token, sha256(presented.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What to answer.
   *
   * @param retryAfterSeconds 0 if trying again is of no use or not needed
   * @param replayed whether it is the answer to an earlier push under the same key
   */
  public record Answer(int status, String body, int retryAfterSeconds, boolean replayed) {
    static Answer problem(int status, String error, int retryAfterSeconds) {
      return new Answer(
          status, JSON.writeValueAsString(Map.of("error", error)) + "\n", retryAfterSeconds, false);
    }
  }

  /**
   * Takes in a body of JSON lines.
   *
   * @param key under which a repetition is recognised
   */
  public Answer take(byte[] body, Optional<String> key) {
    if (key.filter(it -> it.length() > LONGEST_KEY || !it.matches("\\p{Graph}+")).isPresent()) {
      return counted(
          "invalid", Answer.problem(400, "Idempotency-Key: at most 255 visible characters", 0));
    }
    if (!open.getAsBoolean()) {
      return unavailable();
    }
    if (key.isPresent() && !underWay.add(key.get())) {
      return counted("conflict", Answer.problem(409, "a push with this key is under way", 1));
    }
    try {
      return key.isPresent() ? once(body, key.get()) : counted(taken(body));
    } catch (StoreException e) {
      LOG.warn("source {}: a push was not stored: {}", source, e.getMessage());
      return unavailable();
    } finally {
      key.ifPresent(underWay::remove);
    }
  }

  private Answer once(byte[] body, String key) {
    byte[] digest = sha256(body);
    Instant now = clock.instant();
    Optional<PushTable.Given> before = given.find(key, now);
    if (before.isPresent() && !before.get().isOf(digest)) {
      return counted(
          "invalid",
          Answer.problem(422, "this key was used for another body; keys are kept 7 days", 0));
    }
    if (before.isPresent()) {
      return counted(
          "duplicate", new Answer(before.get().status(), before.get().answer(), 0, true));
    }
    Answer answer = taken(body);
    given.keep(key, new PushTable.Given(digest, answer.status(), answer.body()), now);
    return counted(answer);
  }

  private Answer taken(byte[] body) {
    PushedRow reader = new PushedRow(clock.instant());
    List<Map<String, Object>> rejected = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    long rows = 0;
    long refused = 0;
    Saved saved = Saved.NOTHING;
    int number = 0;
    for (int from = 0; from < body.length; ) {
      int end = from;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      number++;
      if (end - from > LONGEST_LINE) {
        rows++;
        refused++;
        name(rejected, number, Optional.empty(), "row_too_long", "expected at most 1 MiB");
      } else {
        String line = new String(body, from, end - from, StandardCharsets.UTF_8).strip();
        if (!line.isEmpty()) {
          rows++;
          refused += read(reader, line, number, changes, rejected) ? 0 : 1;
        }
      }
      from = end + 1;
      if (changes.size() >= ROWS_AT_ONCE) {
        saved = saved.and(save(changes));
        changes.clear();
      }
    }
    long told = rows - refused;
    if (!changes.isEmpty()) {
      saved = saved.and(save(changes));
    }
    return answer(told, refused, saved, rejected);
  }

  /** Whether the line could be understood. */
  private static boolean read(
      PushedRow reader,
      String line,
      int number,
      List<Change> changes,
      List<Map<String, Object>> rejected) {
    try {
      changes.addAll(reader.read(line));
      return true;
    } catch (Unreadable e) {
      name(rejected, number, PushedRow.key(line), e.reason(), e.detail());
      return false;
    }
  }

  private Saved save(List<Change> changes) {
    return store.save(STREAM, Page.more(changes, Cursor.START), Optional.empty(), derivation);
  }

  private static void name(
      List<Map<String, Object>> rejected,
      int line,
      Optional<String> key,
      String reason,
      String error) {
    if (rejected.size() < NAMED) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("line", line);
      key.ifPresent(it -> row.put("key", it));
      row.put("reason", reason);
      row.put("error", error);
      rejected.add(row);
    }
  }

  private Answer answer(long told, long refused, Saved saved, List<Map<String, Object>> rejected) {
    long duplicates = Math.max(0, told - saved.news());
    rows("accepted", told - duplicates);
    rows("duplicate", duplicates);
    rows("rejected", refused);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("accepted", told - duplicates);
    answer.put("duplicates", duplicates);
    answer.put("waiting_for_ticket", saved.waiting());
    answer.put("rejected_count", refused);
    answer.put("rejected", rejected);
    boolean nothing = told == 0 && refused > 0;
    return new Answer(nothing ? 400 : 202, JSON.writeValueAsString(answer) + "\n", 0, false);
  }

  private Answer unavailable() {
    return counted(
        "unavailable",
        Answer.problem(503, "the store is out of reach, or another exporter leads", 120));
  }

  private Answer counted(Answer answer) {
    return counted(answer.status() == 202 ? "accepted" : "invalid", answer);
  }

  /** Counts an answer that is given without this source's having been asked. */
  public Answer counted(String outcome, Answer answer) {
    Counter.builder("push.requests")
        .description("Pushes by what came of them.")
        .tag("source", source)
        .tag("outcome", outcome)
        .register(meters)
        .increment();
    return answer;
  }

  private void rows(String outcome, long count) {
    Counter.builder("push.rows")
        .description("Pushed rows by what came of them.")
        .tag("source", source)
        .tag("outcome", outcome)
        .register(meters)
        .increment(count);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
