package io.helpdeskexporter.kpi;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows numbers about agents without saying who they are: under an alias that was chosen for them,
 * or else under a keyed hash of what the source calls them, and only where there are enough to say
 * little about a single ticket. Rule: KPI definitions, "People and privacy".
 *
 * <p>Who has the key can find out whose hash it is by trying all agents; nobody else can.
 */
public final class Pseudonyms {
  /** Tickets or answers of an agent below which nothing is shown of them. */
  public static final long FEWEST = 5;

  private static final String ALGORITHM = "HmacSHA256";

  /** Of 50 agents, two would share such a hash once in 200 billion installations. */
  private static final int HASH_BYTES = 6;

  private final SecretKeySpec key;
  private final Map<String, String> aliases;

  /**
   * @param key of the hashes; never empty
   * @param aliases by what sources call the agents
   */
  public Pseudonyms(String key, Map<String, String> aliases) {
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.aliases = Map.copyOf(aliases);
  }

  /** What may be shown of the families that are about agents; no others. */
  public MetricSnapshots of(List<SourceMetrics> sources, List<Family> families) {
    List<MetricSnapshot> all = new ArrayList<>();
    for (Family family : families) {
      if (family instanceof Family.AgentCounter) {
        List<DataPointSnapshot> points = new ArrayList<>();
        sources.forEach(source -> points.addAll(shown(source, family)));
        if (!points.isEmpty()) {
          all.add(Snapshots.snapshot(family, points));
        }
      }
    }
    return new MetricSnapshots(all);
  }

  private List<DataPointSnapshot> shown(SourceMetrics source, Family family) {
    Map<String, List<CounterDataPointSnapshot>> byAgent = new LinkedHashMap<>();
    for (DataPointSnapshot point : source.shown(family)) {
      if (point instanceof CounterDataPointSnapshot counter) {
        byAgent
            .computeIfAbsent(counter.getLabels().get(LabelBudget.AGENT), _ -> new ArrayList<>())
            .add(counter);
      }
    }
    List<DataPointSnapshot> shown = new ArrayList<>();
    byAgent.forEach(
        (agent, points) -> {
          double samples = points.stream().mapToDouble(CounterDataPointSnapshot::getValue).sum();
          if (samples >= FEWEST) {
            String name = name(source.source(), agent);
            points.forEach(point -> shown.add(renamed(point, name)));
          }
        });
    return shown;
  }

  private static DataPointSnapshot renamed(CounterDataPointSnapshot point, String name) {
    Labels before = point.getLabels();
    String[] names = new String[before.size()];
    String[] values = new String[before.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = before.getName(i);
      values[i] = names[i].equals(LabelBudget.AGENT) ? name : before.getValue(i);
    }
    return new CounterDataPointSnapshot(
        point.getValue(), Labels.of(names, values), null, point.getCreatedTimestampMillis());
  }

  private String name(String source, String agent) {
    return agent.equals(LabelBudget.OTHER)
        ? agent
        : aliases.getOrDefault(agent, hash(source, agent));
  }

  private String hash(String source, String agent) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((source + '\0').getBytes(StandardCharsets.UTF_8));
      byte[] hash = mac.doFinal(agent.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
