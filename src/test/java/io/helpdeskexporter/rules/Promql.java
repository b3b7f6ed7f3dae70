package io.helpdeskexporter.rules;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of PromQL as is needed to see which metrics an expression asks for. */
final class Promql {
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern MATCHERS = Pattern.compile("\\{[^}]*}");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern LABELS =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern OFFSET = Pattern.compile("\\boffset\\s+\\w+");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  private Promql() {}

  /** The names of all metrics, in the order in which they come. */
  static Set<String> metrics(String expression) {
    String rest = expression;
    for (Pattern part : new Pattern[] {TEXT, MATCHERS, RANGE, LABELS, OFFSET}) {
      rest = part.matcher(rest).replaceAll(" ");
    }
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*\\s*\\(?").matcher(rest);
    while (matcher.find()) {
      String found = matcher.group().strip();
      if (!found.endsWith("(") && !WORDS.contains(found)) {
        names.add(found);
      }
    }
    return names;
  }

  /** Without texts, so that signs in them are not taken for operators. */
  static String withoutTexts(String expression) {
    return MATCHERS.matcher(TEXT.matcher(expression).replaceAll("\"\"")).replaceAll("");
  }
}
