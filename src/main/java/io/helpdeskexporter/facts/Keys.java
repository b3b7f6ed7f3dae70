package io.helpdeskexporter.facts;

import java.util.HashSet;
import java.util.Set;

/**
 * Numbers for things of one ticket by their own keys, so that one that is told late shifts no
 * other. Two keys that are alike by chance get numbers in the order in which they come.
 */
public final class Keys {
  private final Set<Integer> taken = new HashSet<>(0);

  /**
   * @param key asked about once
   * @return not negative
   */
  public int number(String key) {
    int number = key.hashCode() & Integer.MAX_VALUE;
    while (!taken.add(number)) {
      number = (number + 1) & Integer.MAX_VALUE;
    }
    return number;
  }
}
