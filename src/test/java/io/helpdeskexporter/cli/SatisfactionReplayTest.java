package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.cli.Reading.Numbers;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.kpi.Total;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half a month of real contacts with how satisfied each customer was, through the whole exporter,
 * compared with numbers that were counted without it. The file lies beside the checkout, not in it.
 */
class SatisfactionReplayTest {
  private static final Path CONTACTS =
      Path.of("../shared/data/ecommerce-csat/customer_support.csv.gz");

  /** Some customers answer weeks later. */
  private static final Instant END = Instant.parse("2023-12-01T00:00:00Z");

  private static final Offset<Double> SIX_DECIMALS = Offset.offset(0.000_000_5);

  private static final String SOURCE =
      """
      reporting: {zone: Asia/Kolkata, windows: [365d], quantile_method: nearest_rank}
      labels: {max_teams: 500}
      sources:
        - name: shop
          kind: file
          channels: {Inbound: phone, Outcall: outbound}
          tickets:
            path: %s
            zone: Asia/Kolkata
            date_format: [dd/MM/yyyy HH:mm, dd-MMM-yy]
            columns:
              id: Unique id
              created_at: Issue_reported at
              channel: channel_name
              team: %s
              assignee: Agent_name
              topics: [category]
              rating: CSAT Score
              rated_at: Survey_response_Date
              reported: {first_reply_at: issue_responded}
          watermark: last_row
          follow: false
      """;

  @TempDir private Path directory;

  @Test
  void everyNumberIsAsCountedByOthers() throws Exception {
    if (absent()) {
      return;
    }
    try (Reading reading = reading("Supervisor")) {
      Numbers end = reading.asOf(END);

      assertThat(end.sum("helpdesk_tickets_created_total")).isEqualTo(8_088);
      assertThat(end.sum("helpdesk_tickets_created_total", "channel", "phone")).isEqualTo(6_830);
      assertThat(end.sum("helpdesk_tickets_created_total", "channel", "outbound")).isEqualTo(1_048);
      assertThat(end.sum("helpdesk_tickets_created_total", "channel", "email")).isEqualTo(210);

      assertThat(score(end, 1)).isEqualTo(1_156);
      assertThat(score(end, 2)).isEqualTo(122);
      assertThat(score(end, 3)).isEqualTo(254);
      assertThat(score(end, 4)).isEqualTo(1_032);
      assertThat(score(end, 5)).isEqualTo(5_524);
      assertThat(mean(end)).isCloseTo(4.192_631, SIX_DECIMALS);
      assertThat(mean(end, "channel", "email")).isCloseTo(3.557_143, SIX_DECIMALS);
      assertThat(satisfied(end)).isCloseTo(0.810_583_58, SIX_DECIMALS);
      assertThat(satisfied(end, "channel", "email")).isCloseTo(0.647_619_05, SIX_DECIMALS);
      assertThat(end.sum("helpdesk_csat_negative_responses_total")).isEqualTo(1_156 + 122);

      assertThat(report(end, "first_response_seconds", "stat", "mean"))
          .isCloseTo(11_282.5, Offset.offset(0.05));
      assertThat(report(end, "first_response_seconds", "stat", "p50")).isEqualTo(360);
      assertThat(report(end, "first_response_seconds", "stat", "p90")).isEqualTo(30_060);
      assertThat(end.sum("helpdesk_ticket_first_response_seconds_count")).isEqualTo(8_088);
      assertThat(reading.countUpTo("first_response", Duration.ofHours(1))).isEqualTo(6_201);

      assertThat(report(end, "csat_responses")).isEqualTo(8_088);
      assertThat(report(end, "csat_positive_responses")).isEqualTo(1_032 + 5_524);
      assertThat(report(end, "csat_responses_by_channel", "channel", "email")).isEqualTo(210);
      assertThat(report(end, "csat_positive_responses_by_channel", "channel", "email"))
          .isEqualTo(136);
      assertThat(end.sum("helpdesk_report_csat_responses_by_team")).isEqualTo(8_088);
      assertThat(end.sum("helpdesk_report_topic_tickets")).isEqualTo(8_088);
    }
  }

  @Test
  void newcomersAreAsSatisfyingAsCountedByOthers() throws Exception {
    if (absent()) {
      return;
    }
    try (Reading reading = reading("Tenure Bucket")) {
      Numbers end = reading.asOf(END);
      String[] newcomers = {"team", "On Job Training"};

      assertThat(end.sum("helpdesk_csat_responses_total", newcomers)).isEqualTo(1_582);
      assertThat(mean(end, newcomers)).isCloseTo(3.936_157, SIX_DECIMALS);
      assertThat(satisfied(end, newcomers)).isCloseTo(0.746_523_39, SIX_DECIMALS);
    }
  }

  /** From what is stored: there are more agents than a label may have values. */
  @Test
  void theBusiestAgentIsAsSatisfyingAsCountedByOthers() throws Exception {
    if (absent()) {
      return;
    }
    try (Reading reading = reading("Agent_name")) {
      List<Total> hers =
          reading.totals("csat_responses").stream()
              .filter(total -> total.attribution().team().equals("Wendy Taylor"))
              .toList();
      double answers = hers.stream().mapToLong(Total::count).sum();
      double positive = hers.stream().mapToLong(Total::sum).sum();
      double points =
          hers.stream().mapToLong(it -> it.count() * Integer.parseInt(it.detail())).sum();

      assertThat(answers).isEqualTo(38);
      assertThat(points / answers).isCloseTo(4.052_632, SIX_DECIMALS);
      assertThat(positive / answers).isCloseTo(0.736_842_11, SIX_DECIMALS);
    }
  }

  private Reading reading(String team) throws Exception {
    return Reading.of(
            Reading.config(
                directory,
                TestPostgres.freshDatabase(),
                SOURCE.formatted(CONTACTS.toAbsolutePath(), team)))
        .toTheEnd();
  }

  private static double score(Numbers numbers, int score) {
    return numbers.sum("helpdesk_csat_responses_total", "score", Integer.toString(score));
  }

  private static double mean(Numbers numbers, String... labels) {
    double points = 0;
    for (int score = 1; score <= 5; score++) {
      String[] of = java.util.Arrays.copyOf(labels, labels.length + 2);
      of[labels.length] = "score";
      of[labels.length + 1] = Integer.toString(score);
      points += score * numbers.sum("helpdesk_csat_responses_total", of);
    }
    return points / numbers.sum("helpdesk_csat_responses_total", labels);
  }

  private static double satisfied(Numbers numbers, String... labels) {
    return numbers.sum("helpdesk_csat_positive_responses_total", labels)
        / numbers.sum("helpdesk_csat_responses_total", labels);
  }

  private static double report(Numbers numbers, String what, String... labels) {
    String[] of = java.util.Arrays.copyOf(labels, labels.length + 2);
    of[labels.length] = "window";
    of[labels.length + 1] = "365d";
    return numbers.one("helpdesk_report_" + what, of);
  }

  private static boolean absent() {
    if (!Files.exists(CONTACTS)) {
      System.out.println("not replayed: " + CONTACTS + " is not there");
      return true;
    }
    return false;
  }
}
