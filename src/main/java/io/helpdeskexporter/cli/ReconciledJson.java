package io.helpdeskexporter.cli;

import io.helpdeskexporter.facts.Compared;
import io.helpdeskexporter.reconcile.Difference;
import io.helpdeskexporter.reconcile.Share;
import io.helpdeskexporter.reconcile.Skipped;
import io.helpdeskexporter.reconcile.Summary;
import io.helpdeskexporter.reconcile.Why;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A comparison as JSON. Keys are always there and in one order; what is not known is null. Instants
 * are ISO 8601, lengths of time are seconds.
 */
final class ReconciledJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ReconciledJson() {}

  static String of(Reconciled reconciled) {
    Summary summary = reconciled.summary();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("source", reconciled.source());
    all.put("as_of", reconciled.asOf().toString());
    all.put("tickets", summary.tickets());
    all.put("compared", summary.compared());
    all.put("notes", reconciled.notes());
    all.put("figures", summary.figures().stream().map(ReconciledJson::share).toList());
    all.put("not_compared", notCompared(summary));
    all.put("taken_over", reconciled.believed());
    all.put("differing", summary.differing());
    all.put("differences", summary.differences().stream().map(ReconciledJson::difference).toList());
    return JSON.writeValueAsString(all) + "\n";
  }

  private static Map<String, Object> share(Share share) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("figure", share.figure());
    all.put("compared", share.compared());
    all.put("agreed", share.agreed());
    Map<String, Long> reasons = new LinkedHashMap<>();
    share.reasons().forEach((reason, count) -> reasons.put(reason.label(), count));
    all.put("reasons", reasons);
    return all;
  }

  private static Map<String, Long> notCompared(Summary summary) {
    Map<String, Long> all = new LinkedHashMap<>();
    for (Skipped why : Skipped.values()) {
      all.put(why.name().toLowerCase(Locale.ROOT), summary.skipped().getOrDefault(why, 0L));
    }
    return all;
  }

  private static Map<String, Object> difference(Difference difference) {
    Compared compared = difference.compared();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("ticket", difference.ticket());
    all.put("figure", compared.label());
    all.put("at", difference.at().toString());
    all.put("ours", value(compared, compared.ours()));
    all.put("theirs", value(compared, OptionalLong.of(compared.theirs())));
    all.put("reason", difference.reason().label());
    all.put("why", difference.whys().stream().map(Why::words).toList());
    return all;
  }

  private static @Nullable Object value(Compared compared, OptionalLong value) {
    if (value.isEmpty()) {
      return null;
    }
    return compared.figure().isCount()
        ? (Object) value.getAsLong()
        : BigDecimal.valueOf(value.getAsLong(), 3).stripTrailingZeros();
  }
}
