package io.helpdeskexporter.kpi;

import io.helpdeskexporter.facts.Attribution;
import io.helpdeskexporter.facts.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many values of each label one source may show: first come, first served, for good. What comes
 * later is shown as {@value #OTHER}. Because a value is never moved from one to the other, counters
 * never fall; so that a restart serves the same ones, admit the known values, oldest first, before
 * all else.
 *
 * <p>Confined to the thread of its source.
 */
public final class LabelBudget {
  public static final String OTHER = "other";

  public static final String TEAM = "team";

  /** As sources call them; only {@link Pseudonyms} are shown. */
  public static final String AGENT = "agent";

  private static final String TOPIC = "topic";

  /** Values beyond the budget that are told apart for the sake of counting them, per label. */
  private static final int COUNTED_BEYOND = 10_000;

  private static final int TEAMS = 50;
  private static final int DETAILS = 25;

  private final Map<String, Integer> limits;
  private final Map<String, Values> values = new TreeMap<>();

  /**
   * @param limits by name of the label; {@value #TEAMS} for teams and {@value #DETAILS} for others
   *     where nothing is given
   */
  public LabelBudget(Map<String, Integer> limits) {
    this.limits = Map.copyOf(limits);
    this.limits.forEach(
        (label, limit) -> {
          if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException(
                "%d values of label %s: 1 to 500".formatted(limit, label));
          }
        });
  }

  /**
   * The value as shown: itself, or {@value #OTHER} if the budget was used up when it first came.
   */
  public String admit(String label, String value) {
    Values of = values(label);
    return of.name(of.id(value));
  }

  /** How many different values of a label did not fit. */
  public int overflowing(String label) {
    return values(label).beyond.size();
  }

  /** How many different values did not fit, by label; every label in use is there. */
  public Map<String, Integer> overflowing() {
    Map<String, Integer> all = new TreeMap<>();
    values.forEach((label, of) -> all.put(label, of.beyond.size()));
    return all;
  }

  Values values(String label) {
    return values.computeIfAbsent(
        label,
        l -> new Values(limits.getOrDefault(l, l.equals(TEAM) ? TEAMS : DETAILS), reserved(l)));
  }

  /** These come for nothing: what is shown as them must not depend on who came first. */
  private static List<String> reserved(String label) {
    return label.equals(TOPIC)
        ? List.of(OTHER, Topics.NONE, Topics.FEATURE_REQUEST)
        : List.of(OTHER, Attribution.UNASSIGNED);
  }

  /** The values of one label, numbered from 0 in the order of their admission. */
  static final class Values {
    private static final int OTHER_ID = 0;

    /** A power of two. */
    private static final int RECENT = 64;

    private final int limit;
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> beyond = new HashSet<>();

    // The last values asked for, each by the object that it was, at a place by its hash: all that
    // a ticket adds names few teams.
    private final @Nullable String[] recent = new String[RECENT];
    private final int[] idsOfRecent = new int[RECENT];

    /**
     * @param reserved those that count as none of {@code limit}; the first takes what is over
     */
    private Values(int limit, List<String> reserved) {
      this.limit = limit + reserved.size();
      reserved.forEach(this::admit);
    }

    @SuppressWarnings("ReferenceEquality") // Whether it is the same text is what the map tells.
    int id(String value) {
      int place = value.hashCode() & RECENT - 1;
      if (recent[place] != value) {
        idsOfRecent[place] = lookUp(value);
        recent[place] = value;
      }
      return idsOfRecent[place];
    }

    private int lookUp(String value) {
      Integer known = ids.get(value);
      if (known != null) {
        return known;
      }
      if (names.size() < limit) {
        return admit(value);
      }
      if (beyond.size() < COUNTED_BEYOND) {
        beyond.add(value);
      }
      return OTHER_ID;
    }

    String name(int id) {
      return names.get(id);
    }

    /** Ids are less than this. */
    int capacity() {
      return limit;
    }

    private int admit(String value) {
      ids.put(value, names.size());
      names.add(value);
      return names.size() - 1;
    }
  }
}
