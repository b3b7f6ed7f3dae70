package io.helpdeskexporter.source.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Reading;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What every source that is read over HTTP owes: a year of a desk, read a few times a week through
 * every fault that networks and vendors know, with a vendor's clock that is wrong, with pages that
 * grow while they are turned, and through kills at any page, ends as it does through none; and it
 * costs few calls.
 */
public abstract class YearContract {
  /** A vendor that is played to a source. */
  public interface Vendor extends AutoCloseable {
    /** The simulator's state after this act; what the vendor has nothing like is left out. */
    void play(Act act);

    SimulatedApi api();

    /** From now on whatever else may go wrong at this vendor does, such as tokens that end. */
    default void beRough() {}

    /** As after a start of the process: it knows nothing of sources opened before. */
    Source open();

    /** With pages as large as they usually are, for the costs. */
    default Source openAsUsual() {
      return open();
    }

    @Override
    void close();
  }

  private static final int TICKETS = 1_000;
  private static final int FAULTS = 500;
  private static final int KILLS = 50;
  private static final int MOST_PAGES = 200_000;
  private static final long SEED = 20_251;

  /** Where the figures of all vendors are gathered for people. */
  private static final Path COSTS = Path.of("target", "api-costs.md");

  protected abstract String name();

  protected abstract Vendor openVendor(SimulatedTime time) throws Exception;

  /** The faults that this vendor and its network know. */
  protected Set<Fault> faults() {
    Set<Fault> all = new HashSet<>(Arrays.asList(Fault.values()));
    // Those that are errors of an operator at most vendors; silence takes real time.
    all.removeAll(Set.of(Fault.SENT_ELSEWHERE, Fault.REFUSED, Fault.SILENCE));
    return all;
  }

  /** How often it is looked at in the year; more often where a look costs few calls. */
  protected int looks() {
    return 120;
  }

  /** What is the same however often and whenever the vendor was looked at. */
  protected Map<String, String> whatMustAgree(Reading reading) {
    Map<String, String> told = new TreeMap<>();
    reading.tickets().forEach((id, ticket) -> told.put("ticket " + id, ticket.toString()));
    reading.events().forEach((key, event) -> told.put("event " + key, event.toString()));
    reading.happenings().forEach((key, it) -> told.put("happening " + key, it.toString()));
    return told;
  }

  /** The most calls that a thousand changed tickets may cost. */
  protected abstract int mostCallsPerThousandChangedTickets();

  @Test
  void aYearThroughFaultsAndKillsEndsAsThroughNone() throws Exception {
    Reading calm = new Reading(MOST_PAGES);
    try (Vendor vendor = openVendor(new SimulatedTime(DeskYear.START))) {
      live(vendor, calm, new Random(SEED), 0);
      assertThat(vendor.api().unexpected()).isEmpty();
    }
    Reading rough = new Reading(MOST_PAGES);
    try (Vendor vendor = openVendor(new SimulatedTime(DeskYear.START))) {
      vendor.beRough();
      vendor.api().faults().randomly(new Random(SEED), 0.2, faults());
      int killed = live(vendor, rough, new Random(SEED), KILLS);
      assertThat(killed).as("kills").isEqualTo(KILLS);
      assertThat(vendor.api().faults().struck()).as("faults").isGreaterThanOrEqualTo(FAULTS);
      assertThat(vendor.api().unexpected()).isEmpty();
    }

    assertThat(calm.contradictions()).as("a key told again with other content").isEmpty();
    assertThat(rough.contradictions()).as("a key told again with other content").isEmpty();
    assertThat(whatMustAgree(rough)).isEqualTo(whatMustAgree(calm));
  }

  @Test
  void aThousandChangedTicketsCostFewCalls() throws Exception {
    try (Vendor vendor = openVendor(new SimulatedTime(DeskYear.START))) {
      SimulatedTime time = vendor.api().time;
      List<Act> acts = DeskYear.of(SEED, TICKETS);
      Instant midnight = DeskYear.START.plus(DeskYear.LENGTH.dividedBy(2));
      Reading reading = new Reading(MOST_PAGES);
      try (Source source = vendor.openAsUsual()) {
        int done = play(vendor, acts, 0, midnight);
        time.set(midnight.plus(Duration.ofHours(2)));
        readToEnd(source, reading);
        Set<Integer> changed = new HashSet<>();
        int before = vendor.api().requestCount();
        Map<String, Integer> asked = vendor.api().requests();
        // Everything that waits for another round is behind; then all that comes at once is read.
        while (done < acts.size() && changed.size() < 1_000) {
          Act act = acts.get(done++);
          vendor.play(act);
          changed.add(act.ticket());
        }
        time.set(acts.get(done - 1).at().plus(Duration.ofHours(2)));
        readToEnd(source, reading);
        int calls = vendor.api().requestCount() - before;
        double perThousand = 1_000.0 * calls / changed.size();
        note(perThousand, difference(vendor.api().requests(), asked));
        assertThat(perThousand).isLessThanOrEqualTo(mostCallsPerThousandChangedTickets());
      }
    }
  }

  private static Map<String, Integer> difference(
      Map<String, Integer> after, Map<String, Integer> before) {
    Map<String, Integer> difference = new TreeMap<>();
    after.forEach(
        (endpoint, count) -> difference.put(endpoint, count - before.getOrDefault(endpoint, 0)));
    difference.values().removeIf(count -> count == 0);
    return difference;
  }

  private void note(double perThousand, Map<String, Integer> asked) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    if (Files.exists(COSTS)) {
      for (String line : Files.readAllLines(COSTS)) {
        rows.put(line.split("\\|")[1].strip(), line);
      }
    }
    rows.put(
        name(),
        String.format(
            Locale.ROOT,
            "| %s | %.1f | %s |",
            name(),
            perThousand,
            asked.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "))));
    Files.createDirectories(COSTS.getParent());
    Files.write(COSTS, rows.values());
  }

  /** Gives how often the source was killed. */
  private int live(Vendor vendor, Reading reading, Random random, int kills) throws Exception {
    List<Act> acts = DeskYear.of(SEED, TICKETS);
    SimulatedTime time = vendor.api().time;
    int killed = 0;
    int done = 0;
    Source source = vendor.open();
    try {
      for (int look = 1; look <= looks() + 1; look++) {
        Instant until = DeskYear.START.plus(DeskYear.LENGTH.multipliedBy(look).dividedBy(looks()));
        done = play(vendor, acts, done, until);
        if (look > looks()) {
          // What is only told after a while, and what is looked for now and then.
          vendor.api().faults().none();
          until = until.plus(Duration.ofDays(3));
        }
        time.set(later(time.instant(), until));
        if (kills > 0) {
          vendor.api().skew(Duration.ofSeconds(look > looks() ? 0 : random.nextInt(121) - 60));
        }
        reading.completeUntil().clear();
        boolean complete = false;
        while (!complete) {
          if (kills > 0 && done < acts.size() && random.nextInt(4) == 0) {
            // The desk is at work while its pages are turned.
            time.set(later(time.instant(), acts.get(done).at()));
            vendor.play(acts.get(done++));
          }
          if (killed < kills && random.nextInt(6) == 0) {
            // Half of the kills lose a page that was fetched and not yet saved.
            if (random.nextBoolean()) {
              lost(source, reading);
            }
            source.close();
            source = vendor.open();
            killed++;
          }
          try {
            complete = reading.page(source);
          } catch (SourceException.Unavailable e) {
            time.advance(e.retryAfter().orElse(Duration.ofSeconds(30)));
          }
        }
      }
    } finally {
      source.close();
    }
    return killed;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static void lost(Source source, Reading reading) throws Exception {
    List<Stream> streams = new ArrayList<>(source.streams());
    streams.removeAll(reading.completeUntil().keySet());
    if (!streams.isEmpty()) {
      try {
        Page page = source.fetch(streams.getFirst(), reading.cursor(streams.getFirst()));
        assertThat(page.next().value()).hasSizeLessThan(4096);
      } catch (SourceException.Unavailable e) {
        // Killed while it failed.
      }
    }
  }

  private static int play(Vendor vendor, List<Act> acts, int from, Instant until) {
    int done = from;
    while (done < acts.size() && !acts.get(done).at().isAfter(until)) {
      vendor.play(acts.get(done));
      done++;
    }
    return done;
  }

  private static void readToEnd(Source source, Reading reading) throws Exception {
    reading.goOn(source);
  }
}
