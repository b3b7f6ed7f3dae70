package io.helpdeskexporter.cli;

import io.helpdeskexporter.cli.Reading.Numbers;
import io.helpdeskexporter.kpi.SourceMetrics.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One answer of {@code /metrics} in text format 0.0.4, as a reader who knows nothing of how it was
 * made reads it.
 */
record Scrape(String text, Numbers numbers, Map<String, String> help) {
  private static final Pattern SERIES =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  static Scrape of(String text) {
    List<Sample> samples = new ArrayList<>();
    Map<String, String> help = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("# HELP ")) {
        String[] parts = line.split(" ", 4);
        help.put(parts[2], parts[3]);
      } else if (!line.startsWith("#") && !line.isEmpty()) {
        samples.add(sample(line));
      }
    }
    return new Scrape(text, new Numbers(List.copyOf(samples)), help);
  }

  private static Sample sample(String line) {
    Matcher series = SERIES.matcher(line);
    if (!series.matches()) {
      throw new AssertionError("not a sample, or one with a timestamp: " + line);
    }
    Map<String, String> labels = new TreeMap<>();
    String all = series.group(2) == null ? "" : series.group(2);
    Matcher label = LABEL.matcher(all);
    int end = 0;
    while (label.lookingAt()) {
      labels.put(label.group(1), unescaped(label.group(2)));
      end = label.end();
      label.region(end, all.length());
    }
    if (end != all.length()) {
      throw new AssertionError("not labels: " + line);
    }
    return new Sample(series.group(1), labels, number(series.group(3)));
  }

  private static String unescaped(String value) {
    return ESCAPE
        .matcher(value)
        .replaceAll(it -> it.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(it.group(1)));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  double one(String family, String... labels) {
    return numbers.one(family, labels);
  }

  double sum(String family, String... labels) {
    return numbers.sum(family, labels);
  }

  /** Whether there is any sample of this name with these labels. */
  boolean has(String name, String... labels) {
    return numbers.samples().stream()
        .anyMatch(sample -> sample.family().equals(name) && matches(sample, labels));
  }

  private static boolean matches(Sample sample, String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
        return false;
      }
    }
    return true;
  }

  /** The names of all samples with these labels. */
  TreeSet<String> names(String... labels) {
    return numbers.samples().stream()
        .filter(sample -> matches(sample, labels))
        .map(Sample::family)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Every series of one source of these names, as {@code name{label=value,...}}, the source left
   * out.
   */
  Map<String, Double> series(String source, Collection<String> names) {
    Map<String, Double> all = new TreeMap<>();
    for (Sample sample : numbers.samples()) {
      if (names.contains(sample.family()) && source.equals(sample.labels().get("source"))) {
        all.put(key(sample), sample.value());
      }
    }
    return all;
  }

  private static String key(Sample sample) {
    return sample.labels().entrySet().stream()
        .filter(label -> !label.getKey().equals("source"))
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(",", sample.family() + "{", "}"));
  }
}
