package io.helpdeskexporter.model;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Review.Category;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.facts.Definitions.Deflection;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * People, customers, money, self-service and bots. Rules: KPI definitions, sections 5 and 8 to 10,
 * and of section 4 the quality of work.
 */
final class SlowSubjects {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LOOK_BACK = Duration.ofDays(90);

  private final Rules rules;
  private final Instant t;
  private final List<Life> lives;
  private final List<Happening> happened;
  final List<Seen> seen = new ArrayList<>();
  final List<Standing> standing = new ArrayList<>();

  SlowSubjects(Rules rules, Desk desk, List<Life> lives, Instant t) {
    this.rules = rules;
    this.t = t;
    this.lives = lives;
    happened =
        desk.happenings().stream()
            .filter(it -> !it.at().isAfter(t))
            .sorted(Comparator.comparing(Happening::at).thenComparing(Happening::stamp))
            .toList();
    agents();
    happened.forEach(this::single);
    customers();
    conversations();
    lives.forEach(this::botTicket);
    configuredCosts();
  }

  private <H extends Happening> List<H> all(Class<H> stream) {
    return happened.stream().filter(stream::isInstance).map(stream::cast).toList();
  }

  private String team(Optional<String> word) {
    return word.map(rules.vocabulary()::team).orElse(Life.UNASSIGNED);
  }

  private void add(
      String what, Object of, Object number, Instant at, String team, long value, String... more) {
    Map<String, String> labels = SlowTickets.labels(SlowTickets.nobody(team), more);
    seen.add(new Seen(what, "" + of, "" + number, at, labels, value, true));
  }

  private void addOnce(String what, Happening of, String team, long value, String... more) {
    add(what, of.subject(), 1, of.at(), team, value, more);
  }

  private static long millionths(BigDecimal amount) {
    return amount
        .multiply(BigDecimal.valueOf(1_000_000))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  // ---- people

  /** A stretch of an agent's time. */
  private record Stretch(long from, long until, String team) {}

  private void agents() {
    Set<String> agents = new TreeSet<>();
    all(Happening.Presence.class).forEach(it -> agents.add(it.agent()));
    all(Happening.Shift.class).forEach(it -> agents.add(it.agent()));
    agents.forEach(this::agent);
  }

  private void agent(String agent) {
    List<Happening.Presence> states =
        all(Happening.Presence.class).stream().filter(it -> it.agent().equals(agent)).toList();
    if (!states.isEmpty()) {
      Happening.Presence now = states.getLast();
      standing.add(
          new Standing(
              "agent",
              SlowTickets.labels(
                  SlowTickets.nobody(team(now.team())), "state", SlowTickets.word(now.state())),
              1));
    }
    List<Stretch> available = new ArrayList<>();
    List<Stretch> present = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      Happening.Presence it = states.get(i);
      Instant until = i + 1 < states.size() ? states.get(i + 1).at() : t;
      Stretch stretch = new Stretch(it.at().toEpochMilli(), until.toEpochMilli(), team(it.team()));
      switch (it.state()) {
        case AVAILABLE -> {
          available.add(stretch);
          present.add(stretch);
        }
        case BUSY -> present.add(stretch);
        case AWAY, OFFLINE -> {}
      }
    }
    List<Stretch> scheduled = new ArrayList<>();
    List<Stretch> adherent = new ArrayList<>();
    for (Happening.Shift shift : all(Happening.Shift.class)) {
      if (shift.agent().equals(agent) && !shift.cancelled()) {
        Stretch planned =
            new Stretch(
                shift.at().toEpochMilli(), shift.until().toEpochMilli(), team(shift.team()));
        scheduled.add(planned);
        for (Stretch there : present) {
          adherent.add(
              new Stretch(
                  Math.max(planned.from(), there.from()),
                  Math.min(planned.until(), there.until()),
                  planned.team()));
        }
      }
    }
    byHour("available", agent, available);
    byHour("scheduled", agent, scheduled);
    byHour("adherent", agent, adherent);
  }

  /** Each full hour counts from five minutes after its end on, and is dated in itself. */
  private void byHour(String what, String agent, List<Stretch> stretches) {
    Set<String> teams = new TreeSet<>();
    stretches.forEach(it -> teams.add(it.team()));
    long first = stretches.stream().mapToLong(Stretch::from).min().orElse(0);
    long hour = HOUR.toMillis();
    for (long begin = Math.floorDiv(first, hour) * hour;
        !stretches.isEmpty() && begin + hour + 5 * 60_000 <= t.toEpochMilli();
        begin += hour) {
      for (String team : teams) {
        long spent = 0;
        for (Stretch it : stretches) {
          if (it.team().equals(team)) {
            spent += Math.max(0, Math.min(it.until(), begin + hour) - Math.max(it.from(), begin));
          }
        }
        if (spent > 0) {
          add(what, agent, begin + team, Instant.ofEpochMilli(begin + hour - 1), team, spent);
        }
      }
    }
  }

  // ---- what stands for itself

  private void single(Happening happening) {
    switch (happening) {
      case Happening.Work it -> addOnce("worked", it, team(it.team()), it.seconds().toMillis());
      case Happening.Review it -> review(it);
      case Happening.Deal it -> deal(it);
      case Happening.Cost it ->
          cost(
              "" + it.subject(),
              it.category(),
              millionths(it.amount()),
              it.at(),
              it.until(),
              it.at(),
              it.until());
      case Happening.Article it -> article(it);
      case Happening.Automation it -> automation(it);
      case Happening.Incident it -> {
        addOnce("incident", it, Life.UNASSIGNED, 1, "severity", it.severity());
        if (it.endedAt().filter(end -> !end.isAfter(t)).isEmpty()) {
          standing.add(
              new Standing(
                  "incident",
                  SlowTickets.labels(
                      SlowTickets.nobody(Life.UNASSIGNED), "severity", it.severity()),
                  1));
        }
      }
      case Happening.Presence _,
          Happening.Shift _,
          Happening.Customer _,
          Happening.Answer _,
          Happening.Conversation _ -> {}
    }
  }

  private void review(Happening.Review review) {
    String team = team(review.team());
    String by = SlowTickets.word(review.reviewer());
    List<Category> applying =
        review.categories().stream().filter(it -> it.chosen().isPresent()).toList();
    if (review.score().isEmpty() && applying.isEmpty()) {
      return;
    }
    boolean failed =
        applying.stream()
            .anyMatch(
                it ->
                    it.critical()
                        && it.chosen()
                                .get()
                                .subtract(it.lowest())
                                .multiply(BigDecimal.TWO)
                                .compareTo(it.highest().subtract(it.lowest()))
                            < 0);
    long score =
        failed ? 0 : review.score().map(SlowSubjects::millionths).orElseGet(() -> mean(applying));
    addOnce("review", review, team, score, "reviewer_class", by);
    if (failed) {
      addOnce("critical failure", review, team, 1, "reviewer_class", by);
    }
  }

  /** With so many decimals that the rounding to a millionth is right. */
  private static long mean(List<Category> categories) {
    BigDecimal weights = BigDecimal.ZERO;
    BigDecimal sum = BigDecimal.ZERO;
    for (Category it : categories) {
      BigDecimal share =
          it.chosen()
              .get()
              .subtract(it.lowest())
              .divide(it.highest().subtract(it.lowest()), 60, RoundingMode.HALF_EVEN);
      sum = sum.add(share.multiply(it.weight()));
      weights = weights.add(it.weight());
    }
    // A half that 60 decimals show as a bit less is a half.
    BigDecimal mean =
        sum.divide(weights, 50, RoundingMode.HALF_EVEN).setScale(40, RoundingMode.HALF_EVEN);
    return millionths(mean);
  }

  private void deal(Happening.Deal deal) {
    switch (deal.stage()) {
      case OFFERED -> addOnce("offer", deal, team(deal.team()), 1);
      case ACCEPTED -> addOnce("accepted", deal, team(deal.team()), 1);
      case DECLINED -> {}
      case WON -> {
        boolean influenced = ticketsOf(deal.customer()).stream().anyMatch(it -> ledTo(it, deal));
        if (influenced && deal.amount().isPresent()) {
          addOnce("influenced", deal, team(deal.team()), millionths(deal.amount().get()));
        }
      }
    }
  }

  private boolean ledTo(Life ticket, Happening.Deal deal) {
    Set<String> topics = rules.definitions().influence().topics();
    Instant created = ticket.ticket.createdAt();
    return !ticket.gone()
        && (topics.isEmpty() || topics.contains(Rules.fold(ticket.topic())))
        && !created.isAfter(deal.at())
        && !deal.at().isAfter(created.plus(Duration.ofDays(30)));
  }

  /** Tickets and customers are matched by the requester or the organisation. */
  private List<Life> ticketsOf(String party) {
    return lives.stream()
        .filter(
            it ->
                it.ticket.requester().equals(Optional.of(party))
                    || it.ticket.organization().equals(Optional.of(party)))
        .toList();
  }

  private void article(Happening.Article article) {
    String nobody = Life.UNASSIGNED;
    switch (article.action()) {
      case VIEWED -> addOnce("view", article, nobody, 1);
      case SEARCHED -> addOnce("search", article, nobody, 1);
      case SEARCHED_WITHOUT_RESULT -> {
        addOnce("search", article, nobody, 1);
        addOnce("search in vain", article, nobody, 1);
      }
      case VOTED_UP -> addOnce("vote", article, nobody, 1, "vote", "up");
      case VOTED_DOWN -> addOnce("vote", article, nobody, 1, "vote", "down");
    }
    article.visitor().ifPresent(it -> addOnce("visitor", article, nobody, 1, "who", it));
  }

  private void automation(Happening.Automation run) {
    addOnce("run", run, Life.UNASSIGNED, 1, "automation", run.automation());
    Optional<Instant> failed =
        run.failed()
            ? Optional.of(run.at())
            : run.undoneAt()
                .filter(it -> !it.isBefore(run.at()))
                .filter(it -> !it.isAfter(run.at().plus(Duration.ofHours(24))));
    failed
        .filter(it -> !it.isAfter(t))
        .ifPresent(
            at ->
                add(
                    "failure",
                    run.subject(),
                    1,
                    at,
                    Life.UNASSIGNED,
                    1,
                    "automation",
                    run.automation()));
  }

  // ---- costs

  /**
   * An amount accrues hour by hour, and each hour counts when it is over.
   *
   * @param from when the first hour of the amount begins, and until when it is for
   * @param begin of the part of that time that counts, and its end
   */
  private void cost(
      String of,
      String category,
      long amount,
      Instant from,
      Instant until,
      Instant begin,
      Instant end) {
    int number = 0;
    for (Instant hour = from; hour.isBefore(until); hour = hour.plus(HOUR)) {
      number++;
      Instant next = min(hour.plus(HOUR), until);
      Instant a = max(hour, begin);
      Instant b = min(next, end);
      Instant at = b.minusMillis(1);
      if (a.isBefore(b) && !at.isAfter(t)) {
        long value = accrued(amount, from, until, b) - accrued(amount, from, until, a);
        add("cost", of, number, at, Life.UNASSIGNED, value, "cost_category", category);
      }
    }
  }

  private static long accrued(long amount, Instant from, Instant until, Instant at) {
    return BigInteger.valueOf(amount)
        .multiply(BigInteger.valueOf(SlowTickets.millis(from, at)))
        .divide(BigInteger.valueOf(SlowTickets.millis(from, until)))
        .longValueExact();
  }

  /** Each calendar month comes to exactly its figure. */
  private void configuredCosts() {
    for (Rules.Cost cost : rules.costs()) {
      Instant begin = rules.midnight(cost.from());
      Instant end = cost.until().map(it -> rules.midnight(it.plusDays(1))).orElse(Instant.MAX);
      YearMonth month = YearMonth.from(cost.from());
      for (; !rules.midnight(month.atDay(1)).isAfter(t); month = month.plusMonths(1)) {
        LocalDate next = month.plusMonths(1).atDay(1);
        cost(
            "configured " + cost + month,
            cost.category(),
            millionths(cost.monthly()),
            rules.midnight(month.atDay(1)),
            rules.midnight(next),
            begin,
            end);
      }
    }
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant max(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  // ---- customers

  /** A time in which somebody was a customer. */
  private record Spell(
      Optional<Instant> joined, Optional<Instant> lost, Optional<BigDecimal> monthly) {

    boolean covers(Instant at) {
      return joined.filter(it -> it.isAfter(at)).isEmpty()
          && lost.filter(it -> !it.isAfter(at)).isEmpty();
    }
  }

  private void customers() {
    Set<String> keys = new TreeSet<>();
    all(Happening.Customer.class).forEach(it -> keys.add(it.customer()));
    keys.forEach(this::customer);
  }

  private void customer(String customer) {
    List<Spell> spells = spells(customer);
    int number = 0;
    for (Spell spell : spells) {
      number++;
      String nobody = Life.UNASSIGNED;
      if (spell.joined().isPresent()) {
        add("joined", "customer " + customer, number, spell.joined().get(), nobody, 1);
      }
      if (spell.lost().isPresent()) {
        Instant lost = spell.lost().get();
        add("churned", "customer " + customer, number, lost, nobody, 1);
        if (spell.monthly().isPresent()) {
          long paid = millionths(spell.monthly().get());
          add("churned revenue", "customer " + customer, number, lost, nobody, paid);
        }
      }
      standing("customer known", 0);
      spell.monthly().ifPresent(_ -> standing("revenue known", 0));
      if (spell.covers(t)) {
        standing("customer", 1);
        spell.monthly().ifPresent(it -> standing("revenue", millionths(it)));
      }
      for (String window : rules.windows()) {
        rolling(window).ifPresent(length -> atStart(customer, spell, window, t.minus(length)));
      }
    }
  }

  private void standing(String what, long value, String... more) {
    standing.add(
        new Standing(what, SlowTickets.labels(SlowTickets.nobody(Life.UNASSIGNED), more), value));
  }

  private void atStart(String customer, Spell spell, String window, Instant start) {
    if (spell.covers(start)) {
      long lost = spell.lost().isPresent() ? 1 : 0;
      standing("customer at start", lost, "window", window);
      standing("cohort at start", lost, "window", window, "cohort", cohort(customer, start));
    }
  }

  /** By the worst answer of the 90 days before. */
  private String cohort(String customer, Instant start) {
    boolean negative = false;
    boolean positive = false;
    boolean contact = false;
    for (Life ticket : ticketsOf(customer)) {
      if (ticket.gone()) {
        continue;
      }
      if (!ticket.proactive()) {
        contact |= isShortlyBefore(ticket.ticket.createdAt(), start);
        for (int k : ticket.ending().solves) {
          contact |= isShortlyBefore(ticket.at(k), start);
        }
      }
      for (Answers.Verdict verdict : ticket.answers().verdicts) {
        boolean counts =
            verdict.survey() == Survey.CSAT
                && verdict.newest()
                && isShortlyBefore(verdict.at(), start);
        negative |= counts && verdict.score() < 3;
        positive |= counts && verdict.score() > 3;
      }
    }
    return negative
        ? "negative"
        : positive ? "positive_only" : contact ? "no_response" : "no_contact";
  }

  private static boolean isShortlyBefore(Instant at, Instant start) {
    return !at.isAfter(start) && start.isBefore(at.plus(LOOK_BACK));
  }

  /** The length of a rolling window; calendar windows have none. */
  static Optional<Duration> rolling(String window) {
    if (window.matches("\\d+h")) {
      return Optional.of(Duration.ofHours(Integer.parseInt(window.replace("h", ""))));
    }
    return window.matches("\\d+d")
        ? Optional.of(Duration.ofDays(Integer.parseInt(window.replace("d", ""))))
        : Optional.empty();
  }

  private List<Spell> spells(String customer) {
    List<Spell> spells = new ArrayList<>();
    for (Happening.Customer change : all(Happening.Customer.class)) {
      if (!change.customer().equals(customer)) {
        continue;
      }
      boolean is = !spells.isEmpty() && spells.getLast().lost().isEmpty();
      boolean before = spells.isEmpty() && change.change() != Happening.Customer.Change.JOINED;
      Spell now =
          is
              ? spells.removeLast()
              : new Spell(Optional.empty(), Optional.empty(), Optional.empty());
      switch (change.change()) {
        case JOINED ->
            spells.add(
                is
                    ? new Spell(now.joined(), Optional.empty(), change.monthly().or(now::monthly))
                    : new Spell(Optional.of(change.at()), Optional.empty(), change.monthly()));
        case CHANGED -> {
          if (is || before) {
            spells.add(
                new Spell(now.joined(), Optional.empty(), change.monthly().or(now::monthly)));
          }
        }
        case LOST -> {
          if (is || before) {
            spells.add(
                new Spell(
                    now.joined(), Optional.of(change.at()), now.monthly().or(change::monthly)));
          }
        }
      }
    }
    return spells;
  }

  // ---- bots

  private Duration overAfter() {
    return rules.definitions().deflection() == Deflection.SESSION_NO_TICKET_24H
        ? Duration.ofHours(24)
        : Duration.ofHours(72);
  }

  private void conversations() {
    Map<String, List<Happening.Conversation>> all = new TreeMap<>();
    all(Happening.Conversation.class)
        .forEach(it -> all.computeIfAbsent(it.conversation(), _ -> new ArrayList<>()).add(it));
    all.forEach(this::conversation);
  }

  private void conversation(String key, List<Happening.Conversation> steps) {
    List<List<Happening.Conversation>> talks = new ArrayList<>();
    for (Happening.Conversation step : steps) {
      boolean another =
          talks.isEmpty() || !step.at().isBefore(talks.getLast().getLast().at().plus(overAfter()));
      if (another) {
        talks.add(new ArrayList<>());
      }
      talks.getLast().add(step);
    }
    int number = 0;
    for (List<Happening.Conversation> talk : talks) {
      if (first(talk, Happening.Conversation.Step.ANSWERED).isPresent()) {
        talk("conversation " + key, ++number, talk, customer(steps, talk.getLast().at()));
      }
    }
  }

  private static Optional<Instant> first(
      List<Happening.Conversation> talk, Happening.Conversation.Step kind) {
    return talk.stream().filter(it -> it.step() == kind).map(Happening::at).findFirst();
  }

  /** The customer of a talk; not known before it is told. */
  private static Optional<String> customer(List<Happening.Conversation> steps, Instant knownBy) {
    return steps.stream()
        .filter(it -> !it.at().isAfter(knownBy))
        .flatMap(it -> it.requester().stream())
        .findFirst();
  }

  private void talk(
      String of, int number, List<Happening.Conversation> talk, Optional<String> customer) {
    Instant began = first(talk, Happening.Conversation.Step.ANSWERED).get();
    Optional<Instant> handedOff =
        first(talk, Happening.Conversation.Step.HANDED_OFF).map(it -> max(it, began));
    Optional<Instant> confirmed =
        first(talk, Happening.Conversation.Step.CONFIRMED).map(it -> max(it, began));
    Instant over = talk.getLast().at().plus(overAfter());
    add("bot talk", of, number, began, Life.UNASSIGNED, 1);
    handedOff.ifPresent(at -> add("bot handoff", of, number, at, Life.UNASSIGNED, 1));
    if (rules.definitions().deflection() == Deflection.RESOLUTION && confirmed.isPresent()) {
      if (handedOff.filter(it -> it.isBefore(confirmed.get())).isEmpty()) {
        resolved(of, number, confirmed.get(), true);
      }
      return;
    }
    List<Life> tickets = customer.map(this::ticketsOf).orElse(List.of());
    if (handedOff.isEmpty() && !over.isAfter(t) && !cameAnyway(tickets, began, over)) {
      resolved(of, number, over, confirmed.isPresent());
    }
  }

  private void resolved(String of, int number, Instant at, boolean confirmed) {
    add(
        "bot resolved",
        of,
        number,
        at,
        Life.UNASSIGNED,
        1,
        "confirmation",
        confirmed ? "confirmed" : "assumed");
  }

  /** Whether the customer opened a ticket, which was not merged or excluded by the end. */
  private boolean cameAnyway(List<Life> tickets, Instant after, Instant until) {
    return rules.definitions().deflection() != Deflection.CONTAINMENT
        && tickets.stream()
            .filter(it -> !it.proactive())
            .filter(it -> it.ticket.createdAt().isAfter(after))
            .filter(it -> !it.ticket.createdAt().isAfter(until))
            .anyMatch(it -> it.goneSince().filter(left -> !left.isAfter(until)).isEmpty());
  }

  /** A ticket that a bot solved, or handed to people, is a talk. */
  private void botTicket(Life life) {
    if (life.proactive()) {
      return;
    }
    List<Integer> solves = life.all(life::solvedByBot);
    List<Integer> handoffs = life.all(k -> life.handedOff(k) && life.here(k));
    Optional<Instant> began =
        java.util.stream.Stream.concat(solves.stream(), handoffs.stream())
            .map(life::at)
            .min(Comparator.naturalOrder());
    if (began.isEmpty()) {
      return;
    }
    String of = life.ticket.id();
    addOfTicket(life, "bot talk", of, began.get());
    handoffs.stream().findFirst().ifPresent(k -> addOfTicket(life, "bot handoff", of, life.at(k)));
    for (int solve : solves) {
      Optional<Instant> due = verdictDue(life, solve);
      if (due.isPresent()) {
        Instant end = life.at(solve).plus(overAfter());
        List<Life> others = new SlowTickets(lives, rules, t).othersOf(life);
        if (!cameAnyway(others, life.at(solve), end)) {
          addOfTicket(life, "bot resolved", of, due.get(), "confirmation", "assumed");
        }
        return;
      }
    }
  }

  private void addOfTicket(Life life, String what, String of, Instant at, String... more) {
    seen.add(new Seen(what, of, "1", at, SlowTickets.labels(life.whom(0), more), 1, true));
  }

  /** When it is certain that a bot's solve was good; empty if people had to do with it. */
  private Optional<Instant> verdictDue(Life life, int solve) {
    if (!life.all(k -> k < solve && life.handedOff(k) && life.here(k)).isEmpty()) {
      return Optional.empty();
    }
    Instant due = life.at(solve).plus(overAfter());
    for (int k = solve + 1; k < life.size(); k++) {
      if (life.here(k - 1) && life.at(k).isAfter(due)) {
        return Optional.of(due);
      }
      if (life.here(k)) {
        boolean cameBack =
            life.customerWrote(k) || life.agentReplied(k) || life.handedOff(k) || life.unsolved(k);
        if (cameBack) {
          return Optional.empty();
        }
        due = life.here(k - 1) ? due : max(due, life.at(k));
      }
    }
    return life.gone() || due.isAfter(t) ? Optional.empty() : Optional.of(due);
  }
}
