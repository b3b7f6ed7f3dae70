package io.helpdeskexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {

  private static final String PROTO =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # absent, browsers, curl
          ``                                                                             | TEXT
          */*                                                                            | TEXT
          text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8                | TEXT
          image/png                                                                      | TEXT
          ;;,=,q=                                                                        | TEXT
          # one format
          text/plain                                                                     | TEXT
          text/plain;version=0.0.4                                                       | TEXT
          text/*                                                                         | TEXT
          application/openmetrics-text                                                   | OPENMETRICS
          application/openmetrics-text; version=1.0.0; charset=utf-8                     | OPENMETRICS
          Application/OpenMetrics-Text; Version="1.0.0"                                  | OPENMETRICS
          PROTO                                                                          | PROTOBUF
          # not on offer
          application/openmetrics-text;version=2.0.0                                     | TEXT
          application/openmetrics-text;version=0.0.1                                     | TEXT
          text/plain;version=1.0.0                                                       | TEXT
          application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily        | TEXT
          application/vnd.google.protobuf;proto=other.Family;encoding=delimited          | TEXT
          application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text | TEXT
          # quality decides, then the order of the header
          text/plain;version=0.0.4;q=0.3,application/openmetrics-text;version=1.0.0;q=0.4 | OPENMETRICS
          text/plain,application/openmetrics-text                                        | TEXT
          application/openmetrics-text,text/plain                                        | OPENMETRICS
          application/openmetrics-text;q=0.2,*/*;q=0.9                                   | TEXT
          application/openmetrics-text;q=0,*/*;q=0.1                                     | TEXT
          application/openmetrics-text;q=0                                               | TEXT
          application/openmetrics-text;q=nonsense                                        | TEXT
          application/openmetrics-text;q=7,text/plain;q=0.1                              | TEXT
          */*;q=0.9,text/plain;q=0.1,application/openmetrics-text;q=0.5                  | OPENMETRICS
          # as Prometheus 2 and 3 send it, with and without native histograms
          application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | OPENMETRICS
          application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | OPENMETRICS
          PROTO;escaping=allow-utf-8;q=0.7,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | PROTOBUF
          """)
  void theFormatFollowsTheAcceptHeader(String accept, Format expected) {
    assertThat(Negotiation.format(accept.replace("PROTO", PROTO))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                       | false
          gzip                     | true
          GZIP                     | true
          gzip, deflate, br, zstd  | true
          deflate, br              | false
          gzip;q=0                 | false
          *                        | true
          *;q=0                    | false
          *, gzip;q=0              | false
          identity, gzip;q=0.5     | false
          identity;q=0.2, gzip     | true
          """)
  void gzipFollowsTheAcceptEncodingHeader(String acceptEncoding, boolean expected) {
    assertThat(Negotiation.gzip(acceptEncoding)).isEqualTo(expected);
  }
}
