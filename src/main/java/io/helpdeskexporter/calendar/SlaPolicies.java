package io.helpdeskexporter.calendar;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All SLA policies, the most particular first: of those that match a ticket the first one holds.
 *
 * @param inOrder with names of their own
 */
public record SlaPolicies(List<SlaPolicy> inOrder) {
  /** Nothing is promised. */
  public static final SlaPolicies NONE = new SlaPolicies(List.of());

  public SlaPolicies {
    inOrder = List.copyOf(inOrder);
    Set<String> names = new HashSet<>();
    for (SlaPolicy policy : inOrder) {
      if (!names.add(policy.name())) {
        throw new IllegalArgumentException("two SLA policies are named " + policy.name());
      }
    }
  }

  /** The policy for a ticket; empty where nothing is promised. */
  public Optional<SlaPolicy> policyFor(SlaSubject subject) {
    return inOrder.stream().filter(policy -> policy.match().matches(subject)).findFirst();
  }
}
