package io.helpdeskexporter.exposition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Chooses format and encoding from what the client says it accepts. A client that accepts nothing
 * on offer gets text 0.0.4 rather than a 406: that is what every Prometheus client library does,
 * and a person with a browser expects it.
 */
public final class Negotiation {

  private Negotiation() {}

  /**
   * The format for an {@code Accept} header; the empty string stands for an absent header. The
   * highest quality wins; among equals the one named first. A wildcard stands for text 0.0.4 only,
   * because whoever sends one did not ask for anything a person cannot read.
   */
  public static Format format(String accept) {
    Format best = Format.TEXT;
    double bestQuality = 0;
    int bestPlace = Integer.MAX_VALUE;
    List<Range> ranges = ranges(accept);
    for (Format format : Format.values()) {
      int place = placeOfBestMatch(ranges, format);
      if (place < 0) {
        continue;
      }
      double quality = ranges.get(place).quality();
      boolean tied = quality > 0 && quality == bestQuality;
      if (quality > bestQuality || (tied && place < bestPlace)) {
        best = format;
        bestQuality = quality;
        bestPlace = place;
      }
    }
    return best;
  }

  /** Whether an {@code Accept-Encoding} header allows gzip and does not prefer the plain bytes. */
  public static boolean gzip(String acceptEncoding) {
    List<Range> ranges = ranges(acceptEncoding);
    OptionalDouble any = qualityOf(ranges, "*");
    double gzip =
        qualityOf(ranges, "gzip").orElse(qualityOf(ranges, "x-gzip").orElse(any.orElse(0)));
    return gzip > 0 && gzip >= qualityOf(ranges, "identity").orElse(0);
  }

  private static OptionalDouble qualityOf(List<Range> ranges, String coding) {
    return ranges.stream()
        .filter(range -> range.name().equals(coding))
        .mapToDouble(Range::quality)
        .findFirst();
  }

  /** The most specific range that matches, and of several such the one with the highest quality. */
  private static int placeOfBestMatch(List<Range> ranges, Format format) {
    int best = -1;
    int bestSpecificity = 0;
    for (int place = 0; place < ranges.size(); place++) {
      int specificity = specificity(ranges.get(place), format);
      if (specificity == 0 || specificity < bestSpecificity) {
        continue;
      }
      if (specificity > bestSpecificity
          || ranges.get(place).quality() > ranges.get(best).quality()) {
        best = place;
        bestSpecificity = specificity;
      }
    }
    return best;
  }

  /** 0: no match; 1: {@code *}{@code /*}; 2: {@code text/*}; 3: the type itself. */
  private static int specificity(Range range, Format format) {
    return switch (format) {
      case TEXT ->
          switch (range.name()) {
            case "text/plain" -> range.has("version", "0.0.4", true) ? 3 : 0;
            case "text/*" -> 2;
            case "*/*", "*" -> 1;
            default -> 0;
          };
      case OPENMETRICS ->
          range.name().equals("application/openmetrics-text") && range.has("version", "1.0.0", true)
              ? 3
              : 0;
      case PROTOBUF ->
          range.name().equals("application/vnd.google.protobuf")
                  && range.has("proto", "io.prometheus.client.MetricFamily", false)
                  && range.has("encoding", "delimited", false)
              ? 3
              : 0;
    };
  }

  private static List<Range> ranges(String header) {
    List<Range> ranges = new ArrayList<>();
    for (String element : split(header, ',')) {
      List<String> pieces = split(element, ';');
      String name = pieces.getFirst().strip().toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        continue;
      }
      Map<String, String> parameters = new HashMap<>();
      for (String piece : pieces.subList(1, pieces.size())) {
        int equals = piece.indexOf('=');
        if (equals > 0) {
          parameters.put(
              piece.substring(0, equals).strip().toLowerCase(Locale.ROOT),
              unquoted(piece.substring(equals + 1).strip()));
        }
      }
      ranges.add(new Range(name, parameters, quality(parameters)));
    }
    return ranges;
  }

  /**
   * A quality that cannot be read counts as 0: the client did not clearly say that it accepts the
   * type.
   */
  private static double quality(Map<String, String> parameters) {
    String text = parameters.get("q");
    if (text == null) {
      return 1;
    }
    try {
      double quality = Double.parseDouble(text);
      return quality >= 0 && quality <= 1 ? quality : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  private record Range(String name, Map<String, String> parameters, double quality) {

    boolean has(String parameter, String value, boolean orAbsent) {
      String found = parameters.get(parameter);
      return found == null ? orAbsent : found.equals(value);
    }
  }
}
