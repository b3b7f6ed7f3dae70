package io.helpdeskexporter.model;

import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a desk shows, computed anew at each look from all that it has told by then.
 *
 * <p>Reports and gauges are a function of that alone. Counters also remember, because they cannot
 * be taken back: what was once counted stays as it was counted first, and nothing is counted twice.
 * So a model is asked again and again, as a source is polled.
 */
final class SlowModel {
  private static final List<Long> DURATIONS =
      Stream.of(
              15, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400, 172800, 259200, 604800,
              1209600, 2592000)
          .map(seconds -> seconds * 1000L)
          .toList();
  private static final List<Long> TENTHS =
      Stream.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).map(tenth -> tenth * 100_000L).toList();
  private static final List<Long> FIFTHS =
      Stream.of(-4, -3, -2, -1, 0, 1, 2, 3, 4, 5).map(fifth -> fifth * 200L).toList();
  private static final double SECONDS = 1000;
  private static final double MILLIONTHS = 1_000_000;

  private final Rules rules;
  private final Map<Seen.Key, Seen> counted = new LinkedHashMap<>();

  /** What was ever in a window or a gauge: from then on, that there is none is a number. */
  private final Set<String> fed = new HashSet<>();

  // As of the last look.
  private Instant t = Instant.MIN;
  private List<Seen> seen = List.of();
  private List<Standing> standing = List.of();
  private Map<String, List<Seen>> countedByKind = Map.of();
  private Map<String, List<Seen>> windowedByKind = Map.of();
  private Map<String, Instant[]> spans = Map.of();
  private Map<String, Double> shown = Map.of();
  private Set<String> families = new HashSet<>();

  SlowModel(Rules rules) {
    this.rules = rules;
  }

  /** Takes a look. */
  void look(Desk desk, Instant now) {
    t = now;
    List<Life> lives =
        desk.tickets().stream()
            .filter(it -> !it.ticket().createdAt().isAfter(t))
            .map(it -> new Life(rules, it, t))
            .toList();
    SlowTickets tickets = new SlowTickets(lives, rules, t);
    SlowPromises promises = new SlowPromises(lives, rules, t);
    SlowSubjects subjects = new SlowSubjects(rules, desk, lives, t);
    List<Seen> all = new ArrayList<>(tickets.seen());
    all.addAll(promises.seen);
    all.addAll(new SlowSatisfaction(rules).seen(lives));
    all.addAll(new SlowSatisfaction(rules).seen(desk, t));
    all.addAll(subjects.seen);
    Map<String, Life> byTicket = new TreeMap<>();
    lives.forEach(life -> byTicket.put(life.ticket.id(), life));
    seen =
        all.stream()
            .filter(it -> !byTicket.containsKey(it.of()) || byTicket.get(it.of()).counted())
            .map(it -> withoutWhatIsGone(it, byTicket))
            .toList();
    standing = new ArrayList<>(tickets.standing());
    standing.addAll(promises.standing);
    standing.addAll(subjects.standing);
    seen.forEach(it -> counted.putIfAbsent(it.key(), it));
    seen.stream().filter(Seen::inWindows).forEach(it -> fed.add(it.what()));
    standing.forEach(it -> fed.add(it.what()));
  }

  /** A ticket that was merged or excluded is in no window but those of the volume and of work. */
  private static Seen withoutWhatIsGone(Seen it, Map<String, Life> byTicket) {
    boolean gone = byTicket.containsKey(it.of()) && byTicket.get(it.of()).gone();
    return switch (it.what()) {
      case "created", "merged", "excluded", "worked" -> it;
      default -> gone ? it.outsideWindows() : it;
    };
  }

  /** All series by name and labels. */
  Map<String, Double> shown() {
    shown = new HashMap<>();
    families = new HashSet<>();
    countedByKind = counted.values().stream().collect(Collectors.groupingBy(Seen::what));
    windowedByKind =
        seen.stream().filter(Seen::inWindows).collect(Collectors.groupingBy(Seen::what));
    spans = new HashMap<>();
    rules.windows().forEach(window -> spans.put(window, span(window)));
    speed();
    outcome();
    load();
    promises();
    satisfaction();
    people();
    customers();
    selfService();
    data();
    return shown;
  }

  /** The families that the model knows how to show. */
  Set<String> families() {
    shown();
    return Set.copyOf(families);
  }

  // ---- which family shows what

  private void speed() {
    durations("first_response", "first response", "team,priority");
    durations("first_response_business", "first response business", "team,priority");
    histogram(
        "helpdesk_channel_first_response_seconds", "first response", DURATIONS, SECONDS, "channel");
    counter(
        "helpdesk_tickets_solved_without_reply_total",
        "solved without reply",
        "team,channel,priority");
    gauge("helpdesk_tickets_awaiting_first_response", "awaiting", "team,priority");
    earliest(
        "helpdesk_oldest_awaiting_first_response_timestamp_seconds", "awaiting", "team,priority");
    seconds("first_response", "first response", "", "team", "channel", "priority");
    seconds("first_response_business", "first response business", "", "team");

    durations("next_response", "next response", "team,priority");
    durations("next_response_business", "next response business", "team,priority");
    histogram(
        "helpdesk_channel_next_response_seconds", "next response", DURATIONS, SECONDS, "channel");
    seconds("next_response", "next response", "", "team", "channel", "priority");

    durations("first_resolution", "first resolution", "team,priority");
    durations("first_resolution_business", "first resolution business", "team,priority");
    seconds("first_resolution", "first resolution", "", "team");

    durations("resolution", "resolution", "team,priority");
    durations("resolution_business", "resolution business", "team,priority");
    histogram("helpdesk_channel_resolution_seconds", "resolution", DURATIONS, SECONDS, "channel");
    seconds("resolution", "resolution", "", "team", "channel", "priority");
    seconds("resolution_business", "resolution business", "");

    durations("requester_wait", "requester wait", "team,priority");
    seconds("requester_wait", "requester wait", "", "team");
    sumCounter("helpdesk_ticket_status_seconds_total", "status", SECONDS, "status,team");
    durations("handle", "handle", "team,priority");
    seconds("handle", "handle", "", "team");
    durations("handle_estimated", "estimate", "team,priority");
    seconds("handle_estimated", "estimate", "", "team");
  }

  private void durations(String name, String what, String labels) {
    histogram("helpdesk_ticket_" + name + "_seconds", what, DURATIONS, SECONDS, labels);
  }

  /** By each of some labels; the first is none. */
  private void seconds(String name, String what, String... by) {
    for (String label : by) {
      String family = "helpdesk_report_" + name + (label.isEmpty() ? "" : "_by_" + label);
      windowSeconds(family + "_seconds", what, label);
    }
  }

  private void outcome() {
    counter("helpdesk_tickets_fcr_eligible_total", "fcr eligible", "team,channel,priority");
    counter(
        "helpdesk_tickets_first_contact_resolved_total", "fcr resolved", "team,channel,priority");
    counts("helpdesk_report_fcr_eligible_tickets", "fcr eligible", "", "team");
    counts("helpdesk_report_first_contact_resolved_tickets", "fcr resolved", "", "team");
    if (!rules.definitions().tiers().isEmpty()) {
      counter("helpdesk_tickets_settled_total", "settled", "team,channel,priority");
      counter(
          "helpdesk_tickets_first_level_resolved_total", "first level", "team,channel,priority");
      counts("helpdesk_report_tickets_settled", "settled", "", "team");
      counts("helpdesk_report_first_level_resolved_tickets", "first level", "", "team");
    }
    counter("helpdesk_tickets_solved_total", "solved", "team,channel,priority");
    counter("helpdesk_ticket_solve_events_total", "solve", "team,channel,priority");
    counts("helpdesk_report_tickets_solved", "solved", "", "team", "channel", "priority");
    counts("helpdesk_report_created_tickets_solved", "created and solved", "", "team");
    counter("helpdesk_tickets_reopened_total", "reopened", "team,channel,priority");
    counts("helpdesk_report_tickets_reopened", "reopened", "", "team");
    counts("helpdesk_report_reopened_tickets", "reopened ticket", "", "team");
    counter("helpdesk_tickets_repeat_contact_total", "repeat contact", "team,channel,priority");
    counts("helpdesk_report_repeat_contact_tickets", "repeat contact", "", "team");
    counter("helpdesk_tickets_escalated_total", "escalated", "team,channel,priority,reason");
    counts("helpdesk_report_tickets_escalated", "escalated", "", "team");
    counter("helpdesk_tickets_reassigned_total", "reassigned", "team,channel,priority");
    counts("helpdesk_report_tickets_reassigned", "reassigned", "", "team");
    counts("helpdesk_report_reassigned_tickets", "reassigned ticket", "", "team");
  }

  private void load() {
    counter("helpdesk_tickets_created_total", "created", "team,channel,priority");
    counter("helpdesk_tickets_merged_total", "merged", "team,channel,priority");
    counter("helpdesk_tickets_excluded_total", "excluded", "team,channel,reason");
    counts("helpdesk_report_tickets_created", "created", "", "team", "channel", "priority");
    counts("helpdesk_report_tickets_merged", "merged", "");
    counts("helpdesk_report_tickets_excluded", "excluded", "");
    gauge("helpdesk_tickets", "unsolved", "team,priority,status");
    gauge("helpdesk_backlog_tickets", "age", "age_bucket,priority");
    gauge("helpdesk_tickets_unassigned", "unassigned", "team,priority");
    earliest("helpdesk_oldest_unsolved_created_timestamp_seconds", "unsolved", "team,priority");
    gauge("helpdesk_incidents_active", "incident", "severity");
    counter("helpdesk_incidents_begun_total", "incident", "severity");
  }

  private void promises() {
    String labels = "team,priority,sla_metric";
    counter("helpdesk_sla_promises_ended_total", "promise ended", labels);
    counter("helpdesk_sla_breaches_total", "promise broken", labels);
    histogram("helpdesk_sla_breach_overrun_seconds", "overrun", DURATIONS, SECONDS, labels);
    gauge("helpdesk_sla_tickets_active", "promise running", labels);
    gauge("helpdesk_sla_tickets_at_risk", "promise at risk", labels);
    gauge("helpdesk_sla_tickets_in_breach", "promise in breach", labels);
    earliest("helpdesk_sla_next_breach_timestamp_seconds", "promise running", labels);
    counts("helpdesk_report_sla_promises_ended", "promise ended", "sla_metric");
    counts("helpdesk_report_sla_breaches", "promise broken", "sla_metric");
    windowCount("helpdesk_report_sla_promises_ended_by_team", "promise ended", "team");
    windowCount("helpdesk_report_sla_breaches_by_team", "promise broken", "team");
    families.add("helpdesk_sla_target_seconds");
    for (SlaMetric metric : SlaMetric.values()) {
      for (Priority priority : Priority.values()) {
        target(metric, priority)
            .ifPresent(
                within ->
                    put(
                        "helpdesk_sla_target_seconds",
                        Map.of(
                            "sla_metric",
                            SlowTickets.word(metric),
                            "priority",
                            SlowTickets.word(priority)),
                        within.toMillis() / SECONDS));
      }
    }
    promisesNotYetMade();
  }

  /** Of the first policy for a priority. */
  Optional<Duration> target(SlaMetric metric, Priority priority) {
    return rules.policies().stream()
        .filter(
            it -> it.match().priorities().isEmpty() || it.match().priorities().contains(priority))
        .filter(it -> it.targets().containsKey(metric))
        .map(it -> it.targets().get(metric).within())
        .findFirst();
  }

  /** What alerts watch starts at 0 for every promise that a policy makes to a known team. */
  private void promisesNotYetMade() {
    for (SlaMetric metric : SlaMetric.values()) {
      if (rules.policies().stream().noneMatch(it -> it.targets().containsKey(metric))) {
        continue;
      }
      String kind = SlowTickets.word(metric);
      for (String family : List.of("sla_promises_ended", "sla_breaches")) {
        for (String window : rules.windows()) {
          zero("helpdesk_report_" + family, Map.of("sla_metric", kind, "window", window));
          for (String team : rules.startingTeams()) {
            zero("helpdesk_report_" + family + "_by_team", Map.of("team", team, "window", window));
          }
        }
        for (String team : rules.startingTeams()) {
          for (Priority priority : Priority.values()) {
            zero(
                "helpdesk_" + family + "_total",
                Map.of("team", team, "priority", SlowTickets.word(priority), "sla_metric", kind));
          }
        }
      }
    }
  }

  private void zero(String family, Map<String, String> labels) {
    shown.putIfAbsent(family + new TreeMap<>(labels), 0.0);
  }

  private void satisfaction() {
    counter("helpdesk_csat_surveys_sent_total", "csat sent", "team,channel");
    counter("helpdesk_csat_responses_total", "csat", "team,channel,score");
    sumCounter("helpdesk_csat_positive_responses_total", "csat", 1, "team,channel");
    sumCounter("helpdesk_csat_negative_responses_total", "csat negative", 1, "team,topic");
    optionalCounts("helpdesk_report_csat_surveys_sent", "csat sent", "");
    optionalCounts("helpdesk_report_csat_responses", "csat", "", "team", "channel");
    optionalSums("helpdesk_report_csat_scores", "csat score", 1, "", "team");
    optionalSums("helpdesk_report_ces_scores", "ces score", 1, "", "team");
    optionalSums("helpdesk_report_csat_positive_responses", "csat", 1, "", "team", "channel");
    counter("helpdesk_messages_classified_total", "classified", "team,channel,sentiment");
    histogram("helpdesk_message_sentiment_score", "mood", FIFTHS, 1000, "team");
    windowCount("helpdesk_report_messages_classified", "classified", "sentiment");
    optionalCounts("helpdesk_report_messages_scored", "mood", "");
    optionalSum("helpdesk_report_message_sentiment_scores", "mood", 1000, "");
    counter("helpdesk_nps_responses_total", "nps", "team,channel,group,survey");
    windowCount("helpdesk_report_nps_responses", "nps", "group,survey");
    counter("helpdesk_ces_responses_total", "ces", "team,channel,score");
    sumCounter("helpdesk_ces_positive_responses_total", "ces", 1, "team,channel");
    optionalCounts("helpdesk_report_ces_responses", "ces", "", "team");
    optionalSums("helpdesk_report_ces_positive_responses", "ces", 1, "", "team");
  }

  private void people() {
    gauge("helpdesk_agents", "agent", "state,team");
    counter("helpdesk_agent_tickets_solved_total", "agent solved", "agent");
    counter("helpdesk_agent_csat_responses_total", "agent csat", "agent,score");
    for (String what : List.of("available", "scheduled", "adherent")) {
      String name = "agent_" + what;
      sumCounter("helpdesk_" + name + "_seconds_total", what, SECONDS, "team");
      optionalSum("helpdesk_report_" + name + "_seconds", what, SECONDS, "");
      optionalSum("helpdesk_report_" + name + "_by_team_seconds", what, SECONDS, "team");
    }
    sumCounter("helpdesk_agent_handle_seconds_total", "worked", SECONDS, "team");
    optionalSum("helpdesk_report_agent_handle_seconds", "worked", SECONDS, "");
    optionalSum("helpdesk_report_agent_handle_by_team_seconds", "worked", SECONDS, "team");
    histogram(
        "helpdesk_qa_review_score_ratio", "review", TENTHS, MILLIONTHS, "reviewer_class,team");
    counter("helpdesk_qa_critical_failures_total", "critical failure", "reviewer_class,team");
    optionalCounts("helpdesk_report_qa_reviews", "review", "", "team", "reviewer_class");
    optionalSums(
        "helpdesk_report_qa_review_scores", "review", MILLIONTHS, "", "team", "reviewer_class");
  }

  private void customers() {
    families.addAll(Set.of("helpdesk_customers_active", "helpdesk_customers_monthly_revenue"));
    if (fed.contains("customer known")) {
      put("helpdesk_customers_active", Map.of(), standing("customer").size());
    }
    if (fed.contains("revenue known")) {
      put(
          "helpdesk_customers_monthly_revenue",
          Map.of(),
          standing("revenue").stream().mapToLong(Standing::value).sum() / MILLIONTHS);
    }
    optionalCounter("helpdesk_customers_joined_total", "joined");
    optionalCounter("helpdesk_customers_churned_total", "churned");
    optionalSumCounter("helpdesk_customers_churned_revenue_total", "churned revenue");
    optionalCounts("helpdesk_report_customers_joined", "joined", "");
    optionalCounts("helpdesk_report_customers_churned", "churned", "");
    optionalSum("helpdesk_report_customers_churned_revenue", "churned revenue", MILLIONTHS, "");
    gauge("helpdesk_report_customers_at_start", "customer at start", "window");
    gaugeSum("helpdesk_report_customers_lost_of_those", "customer at start", "window");
    gauge("helpdesk_report_cohort_customers", "cohort at start", "cohort,window");
    gaugeSum("helpdesk_report_cohort_churned_customers", "cohort at start", "cohort,window");
    counter("helpdesk_upsell_offers_total", "offer", "team");
    counter("helpdesk_upsell_accepted_total", "accepted", "team");
    sumCounter("helpdesk_revenue_influenced_total", "influenced", MILLIONTHS, "team");
    optionalCounts("helpdesk_report_upsell_offers", "offer", "", "team");
    optionalCounts("helpdesk_report_upsell_accepted", "accepted", "", "team");
    optionalCounts("helpdesk_report_deals_influenced", "influenced", "", "team");
    optionalSums("helpdesk_report_revenue_influenced", "influenced", MILLIONTHS, "", "team");
    sumCounter("helpdesk_support_cost_total", "cost", MILLIONTHS, "cost_category");
    optionalSum("helpdesk_report_support_cost", "cost", MILLIONTHS, "");
    optionalSum("helpdesk_report_support_cost_by_category", "cost", MILLIONTHS, "cost_category");
  }

  private void selfService() {
    counter("helpdesk_topic_tickets_total", "topic", "topic");
    windowCount("helpdesk_report_topic_tickets", "topic", "topic");
    optionalCounter("helpdesk_kb_article_views_total", "view");
    optionalCounts("helpdesk_report_kb_article_views", "view", "");
    optionalCounter("helpdesk_kb_searches_total", "search");
    optionalCounts("helpdesk_report_kb_searches", "search", "");
    optionalCounter("helpdesk_kb_searches_without_result_total", "search in vain");
    optionalCounts("helpdesk_report_kb_searches_without_result", "search in vain", "");
    counter("helpdesk_kb_article_votes_total", "vote", "vote");
    windowCount("helpdesk_report_kb_article_votes", "vote", "vote");
    windowDistinct("helpdesk_report_kb_unique_visitors", "visitor");
    windowDistinct("helpdesk_report_unique_requesters", "requester");
    optionalCounter("helpdesk_bot_conversations_total", "bot talk");
    optionalCounts("helpdesk_report_bot_conversations", "bot talk", "");
    optionalCounter("helpdesk_bot_handoffs_total", "bot handoff");
    optionalCounts("helpdesk_report_bot_handoffs", "bot handoff", "");
    counter("helpdesk_bot_resolved_total", "bot resolved", "confirmation");
    optionalCounts("helpdesk_report_bot_resolved", "bot resolved", "");
    counter("helpdesk_automation_runs_total", "run", "automation");
    optionalCounts("helpdesk_report_automation_runs", "run", "", "automation");
    counter("helpdesk_automation_failures_total", "failure", "automation");
    optionalCounts("helpdesk_report_automation_failures", "failure", "", "automation");
  }

  private void data() {
    counter("helpdesk_unmapped_values_total", "unmapped", "field");
    counter("helpdesk_tickets_history_total", "history", "history");
  }

  // ---- how a family shows it

  private void put(String family, Map<String, String> labels, double value) {
    shown.put(family + new TreeMap<>(labels), value);
  }

  private static Map<String, String> only(Map<String, String> all, String labels) {
    Map<String, String> some = new TreeMap<>();
    for (String label : labels.split(",")) {
      if (!label.isEmpty()) {
        some.put(label, all.get(label));
      }
    }
    return some;
  }

  /** What is counted, by the values of some labels. */
  private static Map<Map<String, String>, List<Seen>> by(List<Seen> some, String labels) {
    Map<Map<String, String>, List<Seen>> groups = new LinkedHashMap<>();
    some.forEach(
        it -> groups.computeIfAbsent(only(it.labels(), labels), _ -> new ArrayList<>()).add(it));
    return groups;
  }

  private List<Seen> counted(String what) {
    return countedByKind.getOrDefault(what, List.of());
  }

  private static double sum(List<Seen> some, double parts) {
    return some.stream().mapToLong(Seen::value).sum() / parts;
  }

  private void counter(String family, String what, String labels) {
    families.add(family);
    by(counted(what), labels).forEach((group, of) -> put(family, group, of.size()));
  }

  /** Without labels; absent before the first. */
  private void optionalCounter(String family, String what) {
    counter(family, what, "");
  }

  private void optionalSumCounter(String family, String what) {
    sumCounter(family, what, MILLIONTHS, "");
  }

  private void sumCounter(String family, String what, double parts, String labels) {
    families.add(family);
    by(counted(what), labels).forEach((group, of) -> put(family, group, sum(of, parts)));
  }

  private void histogram(
      String family, String what, List<Long> bounds, double parts, String labels) {
    families.add(family);
    by(counted(what), labels)
        .forEach(
            (group, of) -> {
              put(family + "_count", group, of.size());
              put(family + "_sum", group, sum(of, parts));
              long below = Long.MIN_VALUE;
              for (long bound : bounds) {
                bucket(family, group, of, below, bound, "" + bound / parts);
                below = bound;
              }
              bucket(family, group, of, below, Long.MAX_VALUE, "Infinity");
            });
  }

  private void bucket(
      String family, Map<String, String> group, List<Seen> of, long above, long upTo, String le) {
    Map<String, String> labels = new TreeMap<>(group);
    labels.put("le", le);
    put(
        family + "_bucket",
        labels,
        of.stream().filter(it -> it.value() > above && it.value() <= upTo).count());
  }

  // ---- windows

  private List<Seen> in(String window, List<Seen> some) {
    Instant[] span = spans.get(window);
    return some.stream()
        .filter(it -> it.at().isAfter(span[0]) && !it.at().isAfter(span[1]))
        .toList();
  }

  /** From the first instant, exclusive, to the second, inclusive. */
  private Instant[] span(String window) {
    Optional<Duration> rolling = SlowSubjects.rolling(window);
    if (rolling.isPresent()) {
      return new Instant[] {t.minus(rolling.get()), t};
    }
    LocalDate today = t.atZone(rules.zone()).toLocalDate();
    LocalDate week = today;
    while (week.getDayOfWeek() != rules.weekStart()) {
      week = week.minusDays(1);
    }
    LocalDate month = today.withDayOfMonth(1);
    return switch (window) {
      case "today" -> new Instant[] {before(today), t};
      case "yesterday" -> new Instant[] {before(today.minusDays(1)), before(today)};
      case "this_week" -> new Instant[] {before(week), t};
      case "last_week" -> new Instant[] {before(week.minusDays(7)), before(week)};
      case "this_month" -> new Instant[] {before(month), t};
      case "last_month" -> new Instant[] {before(month.minusMonths(1)), before(month)};
      default -> throw new IllegalStateException(window);
    };
  }

  /** The last millisecond before a day. */
  private Instant before(LocalDate day) {
    return rules.midnight(day).minusMillis(1);
  }

  private List<Seen> windowed(String what) {
    return windowedByKind.getOrDefault(what, List.of());
  }

  private static Map<String, String> with(Map<String, String> group, String label, String value) {
    Map<String, String> labels = new TreeMap<>(group);
    labels.put(label, value);
    return labels;
  }

  /**
   * With labels, a combination is shown for all windows as long as it is in one of them; without
   * any, it is always shown.
   */
  private void amounts(
      String family, String what, String labels, boolean always, ToDoubleFunction<List<Seen>> of) {
    families.add(family);
    Map<Map<String, String>, List<Seen>> groups = by(windowed(what), labels);
    if (labels.isEmpty() && always) {
      groups.putIfAbsent(Map.of(), List.of());
    }
    groups.forEach(
        (group, all) -> {
          boolean any = rules.windows().stream().anyMatch(window -> !in(window, all).isEmpty());
          if (any || labels.isEmpty()) {
            for (String window : rules.windows()) {
              put(family, with(group, "window", window), of.applyAsDouble(in(window, all)));
            }
          }
        });
  }

  private void windowCount(String family, String what, String labels) {
    amounts(family, what, labels, true, List::size);
  }

  /** By each of some labels; an empty one is none. */
  private void counts(String family, String what, String... by) {
    for (String label : by) {
      windowCount(
          label.isEmpty() || label.equals("sla_metric") ? family : family + "_by_" + label,
          what,
          label);
    }
  }

  /** Likewise of what not every desk has: absent before the first. */
  private void optionalCounts(String family, String what, String... by) {
    for (String label : by) {
      amounts(
          label.isEmpty() ? family : family + "_by_" + label,
          what,
          label,
          fed.contains(what),
          List::size);
    }
  }

  private void optionalSums(String family, String what, double parts, String... by) {
    for (String label : by) {
      optionalSum(label.isEmpty() ? family : family + "_by_" + label, what, parts, label);
    }
  }

  private void optionalSum(String family, String what, double parts, String labels) {
    amounts(family, what, labels, fed.contains(what), some -> sum(some, parts));
  }

  private void windowDistinct(String family, String what) {
    amounts(
        family,
        what,
        "",
        fed.contains(what),
        some -> some.stream().map(it -> it.labels().get("who")).distinct().count());
  }

  private void windowSeconds(String family, String what, String labels) {
    families.add(family);
    by(windowed(what), labels)
        .forEach(
            (group, all) -> {
              for (String window : rules.windows()) {
                List<Seen> some = in(window, all);
                if (!some.isEmpty()) {
                  stats(family, with(group, "window", window), some);
                }
              }
            });
  }

  private void stats(String family, Map<String, String> labels, List<Seen> some) {
    List<Long> sorted = some.stream().map(Seen::value).sorted().toList();
    put(family, with(labels, "stat", "mean"), sum(some, SECONDS) / some.size());
    for (int millionths : rules.quantiles()) {
      put(family, with(labels, "stat", stat(millionths)), quantile(sorted, millionths) / SECONDS);
    }
  }

  private static String stat(int millionths) {
    return millionths % 10_000 == 0
        ? "p" + millionths / 10_000
        : "p" + ("" + millionths / 10_000.0).replaceAll("0+$", "");
  }

  private double quantile(List<Long> sorted, int millionths) {
    long n = sorted.size();
    if (rules.nearestRank()) {
      long rank = (n * millionths + 999_999) / 1_000_000;
      return sorted.get((int) Math.max(0, rank - 1));
    }
    long position = (n - 1) * millionths;
    int low = (int) (position / 1_000_000);
    double part = position % 1_000_000 / 1_000_000.0;
    long below = sorted.get(low);
    return part == 0 ? below : below + part * (sorted.get(low + 1) - below);
  }

  // ---- gauges

  private List<Standing> standing(String what) {
    return standing.stream().filter(it -> it.what().equals(what)).toList();
  }

  private Map<Map<String, String>, List<Standing>> standingBy(String what, String labels) {
    Map<Map<String, String>, List<Standing>> groups = new LinkedHashMap<>();
    standing(what)
        .forEach(
            it ->
                groups.computeIfAbsent(only(it.labels(), labels), _ -> new ArrayList<>()).add(it));
    return groups;
  }

  private void gauge(String family, String what, String labels) {
    families.add(family);
    standingBy(what, labels).forEach((group, of) -> put(family, group, of.size()));
  }

  private void gaugeSum(String family, String what, String labels) {
    families.add(family);
    standingBy(what, labels)
        .forEach((group, of) -> put(family, group, of.stream().mapToLong(Standing::value).sum()));
  }

  private void earliest(String family, String what, String labels) {
    families.add(family);
    standingBy(what, labels)
        .forEach(
            (group, of) ->
                put(
                    family,
                    group,
                    of.stream().mapToLong(Standing::value).min().orElseThrow() / SECONDS));
  }
}
