package io.helpdeskexporter.model;

import io.helpdeskexporter.calendar.AtRisk;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.model.Life.Whom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was promised on each ticket and kept or broken. Rule: KPI definitions, "SLA". */
final class SlowPromises {
  private final Rules rules;
  private final Instant t;
  final List<Seen> seen = new ArrayList<>();
  final List<Standing> standing = new ArrayList<>();

  SlowPromises(List<Life> lives, Rules rules, Instant t) {
    this.rules = rules;
    this.t = t;
    for (Life life : lives) {
      Talk talk = life.talk();
      for (SlaMetric metric : SlaMetric.values()) {
        if (life.everTold(
            TicketEvent.SlaDeadline.class,
            it -> it.metric() == metric && (it.dueAt().isPresent() || it.target().isPresent()))) {
          bySource(life, talk, metric);
        } else {
          byPolicy(life, talk, metric);
        }
      }
    }
  }

  private enum End {
    FULFILLED,
    GIVEN_UP
  }

  /** What a moment means for a promise that was made before. */
  private static Optional<End> end(Life life, Talk talk, SlaMetric metric, int k) {
    boolean fulfilled =
        switch (metric) {
          case FIRST_RESPONSE -> talk.isFirst(k);
          case NEXT_RESPONSE -> talk.nextAnswers.stream().anyMatch(it -> it.at() == k);
          case RESOLUTION -> life.solved(k);
          case OTHER -> false;
        };
    if (fulfilled) {
      return Optional.of(End.FULFILLED);
    }
    boolean response = metric == SlaMetric.FIRST_RESPONSE || metric == SlaMetric.NEXT_RESPONSE;
    return !life.here(k) || life.solvedByBot(k) || (response && life.solved(k))
        ? Optional.of(End.GIVEN_UP)
        : Optional.empty();
  }

  // ---- promised by a policy

  private static List<Integer> starts(Life life, Talk talk, SlaMetric metric) {
    return switch (metric) {
      case FIRST_RESPONSE -> talk.firstStarts;
      case NEXT_RESPONSE -> talk.runStarts;
      case RESOLUTION -> life.all(k -> k == 0 || life.cameToPeople(k));
      case OTHER -> List.of();
    };
  }

  private void byPolicy(Life life, Talk talk, SlaMetric metric) {
    int cycle = 0;
    List<Integer> starts = starts(life, talk, metric);
    for (int start : starts) {
      Optional<Rules.Policy> policy = policy(life, start);
      if (life.here(start) && policy.isPresent() && policy.get().targets().containsKey(metric)) {
        cycle++;
        Optional<Integer> anew = starts.stream().filter(k -> k > start).findFirst();
        promise(life, talk, metric, cycle, start, anew, policy.get());
      }
    }
  }

  private Optional<Rules.Policy> policy(Life life, int k) {
    Whom whom = life.whom(k);
    return rules.policies().stream()
        .filter(
            it ->
                it.isAbout(
                    whom.team().equals(Life.UNASSIGNED) ? "" : whom.team(),
                    whom.channel(),
                    whom.priority(),
                    life.ticket.topics(),
                    life.ticket.organization()))
        .findFirst();
  }

  private void promise(
      Life life,
      Talk talk,
      SlaMetric metric,
      int cycle,
      int start,
      Optional<Integer> anew,
      Rules.Policy policy) {
    Rules.Target target = policy.targets().get(metric);
    Priority priority = life.whom(start).priority();
    Optional<Integer> ended =
        life
            .all(
                k ->
                    (k > start && end(life, talk, metric, k).isPresent())
                        || (k == start && life.solved(k))
                        || anew.filter(it -> it == k).isPresent())
            .stream()
            .findFirst();
    boolean fulfilled =
        ended
            .flatMap(k -> end(life, talk, metric, k))
            .filter(it -> it == End.FULFILLED)
            .isPresent();
    int until = ended.orElse(life.last());
    Optional<Instant> deadline = deadline(life, start, until, ended.isPresent(), policy, target);
    boolean broken =
        deadline.filter(it -> !it.isAfter(t)).isPresent()
            && ended.filter(k -> !deadline.get().isBefore(life.at(k))).isEmpty();
    if (broken) {
      int then = life.momentAt(deadline.get());
      broken(
          life,
          metric,
          cycle,
          deadline.get(),
          life.whom(then),
          priority,
          ended.map(life::at).filter(_ -> fulfilled),
          policy.hours(),
          ended.isEmpty());
    } else if (fulfilled) {
      ended(life, metric, cycle, life.at(ended.get()), life.whom(ended.get()), priority);
    } else if (ended.isEmpty() && deadline.isPresent()) {
      long left = target.within().toMillis() - used(life, start, t, policy, target);
      running(
          life,
          metric,
          priority,
          deadline.get(),
          left <= threshold(target.within().toMillis(), policy.atLeast(), policy.share()));
    }
  }

  /** The share of the target is rounded to a millisecond. */
  private static long threshold(long target, Duration atLeast, double share) {
    return Math.max(atLeast.toMillis(), Math.round(target * share));
  }

  private static boolean runs(Life life, int k, Rules.Target target) {
    return !target.pauseOn().contains(life.moment(k).status());
  }

  /** The time on the promise's clock from its start. */
  private static long used(
      Life life, int start, Instant at, Rules.Policy policy, Rules.Target target) {
    long used = 0;
    for (int k = start; k < life.size(); k++) {
      Instant next = k < life.last() ? life.at(k + 1) : at;
      if (runs(life, k, target)) {
        used += policy.hours().between(life.at(k), next);
      }
    }
    return used;
  }

  /** The first instant at which the clock, while it runs, has used up the target. */
  private static Optional<Instant> deadline(
      Life life, int start, int end, boolean ended, Rules.Policy policy, Rules.Target target) {
    long left = target.within().toMillis();
    for (int k = start; k < (ended ? end : end + 1); k++) {
      if (runs(life, k, target)) {
        Instant due = policy.hours().after(life.at(k), left);
        if (k == life.last() || due.isBefore(life.at(k + 1))) {
          return Optional.of(due);
        }
        left -= policy.hours().between(life.at(k), life.at(k + 1));
      }
    }
    return Optional.empty();
  }

  // ---- promised by the source

  /** A deadline that the source gave; it may move, and vanish for a time. */
  private record Promise(
      int cycle,
      Instant startedAt,
      Priority priority,
      Optional<Duration> target,
      Optional<Instant> due) {}

  private void bySource(Life life, Talk talk, SlaMetric metric) {
    Optional<Promise> open = Optional.empty();
    List<Late> late = new ArrayList<>();
    int cycle = 0;
    for (int k = 0; k < life.size(); k++) {
      Instant now = life.at(k);
      if (open.flatMap(Promise::due).filter(it -> it.isBefore(now)).isPresent()) {
        late.add(new Late(open.get(), life.whom(k - 1)));
        open = Optional.empty();
      }
      Optional<End> end = end(life, talk, metric, k);
      if (end.isPresent()) {
        int moment = k;
        boolean fulfilled = end.get() == End.FULFILLED;
        open.filter(_ -> fulfilled)
            .ifPresent(
                it -> ended(life, metric, it.cycle(), now, life.whom(moment), it.priority()));
        late.forEach(it -> tell(life, metric, it, Optional.of(now).filter(_ -> fulfilled), false));
        open = Optional.empty();
        late.clear();
      }
      if (life.here(k)
          && life.moment(k).event().orElse(null) instanceof TicketEvent.SlaDeadline it
          && it.metric() == metric) {
        Priority priority = life.whom(k).priority();
        if (open.isPresent()) {
          Promise was = open.get();
          boolean anew = it.target().isPresent() && !it.target().equals(was.target());
          open =
              Optional.of(
                  new Promise(
                      was.cycle(),
                      was.startedAt(),
                      anew ? priority : was.priority(),
                      anew ? it.target() : was.target(),
                      it.dueAt()));
        } else if (late.isEmpty() && (it.dueAt().isPresent() || it.target().isPresent())) {
          open = Optional.of(new Promise(++cycle, now, priority, it.target(), it.dueAt()));
        }
      }
    }
    if (open.flatMap(Promise::due).filter(it -> !it.isAfter(t)).isPresent()) {
      late.add(new Late(open.get(), life.whom(life.last())));
      open = Optional.empty();
    }
    late.forEach(it -> tell(life, metric, it, Optional.empty(), true));
    open.filter(it -> it.due().isPresent())
        .ifPresent(it -> running(life, metric, it.priority(), it.due().get(), isAtRisk(it)));
  }

  /** A promise of the source's that is broken and not fulfilled yet. */
  private record Late(Promise promise, Whom whom) {}

  private void tell(
      Life life, SlaMetric metric, Late late, Optional<Instant> fulfilled, boolean open) {
    broken(
        life,
        metric,
        late.promise().cycle(),
        late.promise().due().orElseThrow(),
        late.whom(),
        late.promise().priority(),
        fulfilled,
        Hours.ALWAYS,
        open);
  }

  private boolean isAtRisk(Promise promise) {
    Instant due = promise.due().orElseThrow();
    long target =
        promise
            .target()
            .map(Duration::toMillis)
            .orElseGet(() -> rules.hours().between(promise.startedAt(), due));
    long threshold = threshold(target, AtRisk.DEFAULT.atLeast(), AtRisk.DEFAULT.share());
    return rules.hours().between(t, due) <= threshold;
  }

  // ---- what is counted

  private static Map<String, String> labels(Whom whom, Priority promised, SlaMetric metric) {
    return SlowTickets.labels(
        new Whom(whom.team(), whom.channel(), promised), "sla_metric", SlowTickets.word(metric));
  }

  private void add(
      Life life,
      String what,
      SlaMetric metric,
      int cycle,
      Instant at,
      Map<String, String> labels,
      long value) {
    seen.add(new Seen(what, life.ticket.id(), metric + " " + cycle, at, labels, value, true));
  }

  private void ended(
      Life life, SlaMetric metric, int cycle, Instant at, Whom whom, Priority promised) {
    add(life, "promise ended", metric, cycle, at, labels(whom, promised, metric), 1);
  }

  private void broken(
      Life life,
      SlaMetric metric,
      int cycle,
      Instant deadline,
      Whom whom,
      Priority promised,
      Optional<Instant> fulfilled,
      Hours hours,
      boolean open) {
    Map<String, String> labels = labels(whom, promised, metric);
    ended(life, metric, cycle, deadline, whom, promised);
    add(life, "promise broken", metric, cycle, deadline, labels, 1);
    fulfilled.ifPresent(
        at -> add(life, "overrun", metric, cycle, at, labels, hours.between(deadline, at)));
    if (open && !life.gone()) {
      standing.add(
          new Standing(
              "promise in breach",
              labels(life.whom(life.last()), promised, metric),
              deadline.toEpochMilli()));
    }
  }

  private void running(
      Life life, SlaMetric metric, Priority promised, Instant deadline, boolean atRisk) {
    if (life.gone()) {
      return;
    }
    Map<String, String> labels = labels(life.whom(life.last()), promised, metric);
    standing.add(new Standing("promise running", labels, deadline.toEpochMilli()));
    if (atRisk) {
      standing.add(new Standing("promise at risk", labels, deadline.toEpochMilli()));
    }
  }
}
