package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.*;
import io.helpdeskexporter.facts.*;
import io.helpdeskexporter.fixtures.*;
import io.helpdeskexporter.kpi.*;
import io.helpdeskexporter.source.*;
import java.time.*;
import java.util.*;

public class StoreRates {
  static final Instant T0 = Instant.parse("2026-01-05T08:00:00Z");
  public static void main(String[] a) {
    int n = Integer.parseInt(a[0]);
    int perPage = 10_000;
    Database db = TestPostgres.freshDatabase(); DB = db;
    var settings = new StoreSettings(db.jdbcUrl(), db.user(), db.password(), 4);
    var derivation = new CountingDerivation();
    long t = System.nanoTime();
    Store store = Store.open(settings, CountingDerivation.KNOWN, Optional.empty());
    SourceStore s = store.source("acme", "sql", CountingDerivation.REPEATS);
    t = lap("open", t, 1);
    var tick = new io.helpdeskexporter.source.Stream("tickets");
    var evs = new io.helpdeskexporter.source.Stream("events");
    List<Change> page = new ArrayList<>();
    int c = 0;
    for (int i = 0; i < n; i++) {
      page.add(new Change.TicketSeen(Ticket.ticket("" + (100000 + i), created(i)).version(7).updatedAt(created(i).plusSeconds(90000)).status("solved").priority("normal").team("team " + i % 12).assignee("agent " + i % 97).channel("email").requester("req" + (i * 7919L % (n * 7L / 10))).topics(List.of("tag" + i % 30)).build()));
      if (page.size() == perPage || i == n - 1) { s.save(tick, Page.more(page, new Cursor("" + i)), Optional.empty(), derivation); page.clear(); }
    }
    t = lap("tickets", t, n);
    // events in order of time: ticket i's events spread over a day while others come
    long k = 0;
    int spread = Integer.parseInt(a[1]);
    for (int i = 0; i < n + 5 * spread; i++) {
      for (int e = 0; e < 6; e++) {
        int ticket = i - e * spread;
        if (ticket < 0 || ticket >= n) continue;
        Instant at = created(ticket).plusSeconds(600L + e * 7200L);
        Stamp st = new Stamp("" + (500000 + k), 500000 + k, at); k++;
        TicketEvent ev = switch (e) {
          case 0 -> new TicketEvent.AssigneeChanged(st, Optional.empty(), Optional.of("agent " + ticket % 97));
          case 1, 2, 3 -> new TicketEvent.Message(st, e == 2 ? Author.CUSTOMER : Author.agent("agent " + ticket % 97), true, false);
          case 4 -> new TicketEvent.StatusChanged(st, Optional.of("open"), "solved", Actor.AGENT);
          default -> ticket % 20 == 0 ? new TicketEvent.StatusChanged(st, Optional.of("solved"), "open", Actor.CUSTOMER) : new TicketEvent.StatusChanged(st, Optional.of("solved"), "solved", Actor.SYSTEM);
        };
        page.add(new Change.EventSeen("" + (100000 + ticket), ev));
        if (page.size() == perPage) { s.save(evs, Page.more(page, new Cursor("" + k)), Optional.empty(), derivation); c++; page.clear(); }
      }
    }
    s.save(evs, Page.more(page, new Cursor("" + k)), Optional.empty(), derivation); page.clear();
    t = lap("events", t, k);
    Instant asOf = created(n).plus(Duration.ofDays(30));
    int batch = Integer.parseInt(a[2]);
    long derived = 0; Caught caught;
    do { caught = s.deriveDue(asOf, batch, derivation); derived += caught.deltas().size(); } while (caught.remaining() > 0);
    t = lap("derive (" + derived + " derivations)", t, n);
    long[] count = new long[2];
    for (int r = 0; r < 3; r++) {
      count[0] = 0; count[1] = 0;
      s.load(asOf, Duration.ofDays(3650), d -> { count[0]++; count[1] += d.added().size(); });
      t = lap("load all: " + count[0] + " tickets, " + count[1] + " observations", t, count[0]);
    }
    s.load(asOf, Duration.ofDays(20), d -> {});
    t = lap("load 20 d", t, n);
    System.out.println(s.holdings() + " totals " + s.totals().size());
    List<Long> lat = new ArrayList<>();
    for (int r = 0; r < 2000; r++) {
      int i = (int) (r * 7919L % n);
      List<Change> small = new ArrayList<>();
      for (int j = 0; j < 1 + r % 5; j++) {
        small.add(new Change.EventSeen("" + (100000 + (i + j * 13) % n), new TicketEvent.Message(new Stamp("" + (90000000 + r * 10 + j), 90000000 + r * 10 + j, asOf.plusSeconds(r)), Author.CUSTOMER, true, false)));
      }
      long b = System.nanoTime();
      s.save(evs, Page.last(small, new Cursor("x" + r), asOf), Optional.of(asOf.plusSeconds(r)), derivation);
      lat.add(System.nanoTime() - b);
    }
    var warm = new ArrayList<>(lat.subList(500, 2000)); Collections.sort(warm);
    System.out.printf("small page: p50 %.2f ms, p99 %.2f ms%n", warm.get(750) / 1e6, warm.get(1485) / 1e6);
    t = System.nanoTime();
    for (int r = 0; r < 2000; r++) s.deriveDue(asOf.plusSeconds(2000 + r % 2), 1000, derivation);
    t = lap("idle deriveDue", t, 2000);
    s.follow("other");
    derived = 0;
    do { caught = s.deriveDue(asOf.plusSeconds(3000), batch, new CountingDerivation("second")); derived += caught.deltas().size(); } while (caught.remaining() > 0);
    t = lap("sweep (" + derived + ")", t, n);
    System.out.println(db.value("select pg_size_pretty(pg_table_size('ticket')) || ' ' || pg_size_pretty(pg_indexes_size('ticket'))") + " " + db.value("select avg(length(fields)) || ' ' || avg(length(history)) || ' ' || avg(length(ledger)) from ticket"));
    store.close();
    System.exit(0);
  }
  static Instant created(int i) { return T0.plusSeconds(i * 20L); }
  static Database DB; static double[] last = new double[2];
  static double[] cpu() {
    double pg = 0;
    for (Optional<String> pid : DB.column("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid()")) {
      try { String[] f = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/" + pid.get() + "/stat")).split(" "); int o = f.length - 52; pg += (Long.parseLong(f[13]) + Long.parseLong(f[14])) / 100.0; } catch (Exception e) { }
    }
    return new double[] {((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9, pg};
  }
  static long lap(String what, long from, long n) {
    long now = System.nanoTime();
    double[] c = cpu();
    System.out.printf("cpu: java %6.2f s  pg %6.2f s => %8.0f /s of both | wall ", c[0] - last[0], c[1] - last[1], n / (c[0] - last[0] + c[1] - last[1]));
    last = c;
    System.out.printf("%-50s %8.0f ms  %10.0f /s%n", what, (now - from) / 1e6, n * 1e9 / (now - from));
    return System.nanoTime();
  }
}
