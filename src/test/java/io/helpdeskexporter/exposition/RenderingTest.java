package io.helpdeskexporter.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_35_0.Metrics.MetricFamily;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class RenderingTest {

  @Test
  void textIsAsRecorded() throws IOException {
    Golden.assertMatches("exposition/kpis.prom", text(Format.TEXT));
  }

  @Test
  void openMetricsIsAsRecorded() throws IOException {
    Golden.assertMatches("exposition/kpis.openmetrics", text(Format.OPENMETRICS));
  }

  @Test
  void protobufIsAsRecorded() throws IOException {
    StringBuilder families = new StringBuilder();
    try (InputStream in =
        new ByteArrayInputStream(Rendering.whole(Format.PROTOBUF, Snapshots.ofEachKind()))) {
      MetricFamily family;
      while ((family = MetricFamily.parseDelimitedFrom(in)) != null) {
        families.append(family).append('\n');
      }
    }
    Golden.assertMatches("exposition/kpis.protobuf.txt", families.toString());
  }

  @Test
  void createdTimestampsAreInOpenMetricsAndProtobufButNotInText() {
    assertThat(text(Format.TEXT)).doesNotContain("_created");
    assertThat(text(Format.OPENMETRICS))
        .contains("helpdesk_replies_created{source=\"acme\"} 1772438400.250")
        .contains("helpdesk_ticket_first_response_seconds_created{source=\"acme\"} 1772438400.250");
  }

  @Test
  void anOpenMetricsBeginningLacksOnlyItsEnd() {
    String whole = text(Format.OPENMETRICS);
    String beginning =
        new String(Rendering.beginning(Format.OPENMETRICS, Snapshots.ofEachKind()), UTF_8);
    assertThat(beginning + "# EOF\n").isEqualTo(whole);
  }

  @Test
  void nothingRendersAsNothing() {
    assertThat(Rendering.whole(Format.TEXT, new MetricSnapshots())).isEmpty();
    assertThat(Rendering.whole(Format.PROTOBUF, new MetricSnapshots())).isEmpty();
    assertThat(Rendering.beginning(Format.OPENMETRICS, new MetricSnapshots())).isEmpty();
  }

  private static String text(Format format) {
    return new String(Rendering.whole(format, Snapshots.ofEachKind()), UTF_8);
  }
}
