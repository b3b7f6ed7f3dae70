package io.helpdeskexporter.kpi;

import java.util.List;

/** One or two label values of a measure's or level's own, kept as one text. */
final class Detail {
  /** No label value holds one: spaces take its place. */
  private static final char BORDER = '\t';

  private Detail() {}

  /** The details of a measure or level that has two. */
  static String of(String first, String second) {
    return plain(first) + BORDER + plain(second);
  }

  /** The first, which is all where there is one only. */
  static String first(String detail) {
    int border = detail.indexOf(BORDER);
    return border < 0 ? detail : detail.substring(0, border);
  }

  /** Empty text where there is no second. */
  static String second(String detail) {
    return detail.substring(Math.min(detail.length(), first(detail).length() + 1));
  }

  /**
   * @throws IllegalArgumentException if there are more than two
   */
  static List<String> labels(List<String> details) {
    if (details.size() > 2) {
      throw new IllegalArgumentException("more than two details: " + details);
    }
    return List.copyOf(details);
  }

  private static String plain(String value) {
    return value.replace(BORDER, ' ');
  }
}
