package io.helpdeskexporter.source.typeform;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a form looked in the course of time, as far as this process saw it: who edits a scale does
 * not change what was answered on the one before.
 */
final class Editions {
  /** Of older ones no response is read again. */
  private static final int MOST = 20;

  private final List<FormDefinition> seen = new ArrayList<>();

  /** Later than all before. */
  void add(FormDefinition definition) {
    if (!seen.isEmpty() && seen.getLast().fields().equals(definition.fields())) {
      seen.removeLast();
    }
    seen.add(definition);
    if (seen.size() > MOST) {
      seen.removeFirst();
    }
  }

  Optional<FormDefinition> latest() {
    return seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast());
  }

  /** As it was seen next after this time; as it was seen last where it was not. */
  FormDefinition after(Instant time) {
    return seen.stream()
        .filter(each -> each.at().isAfter(time))
        .findFirst()
        .or(this::latest)
        .orElseThrow();
  }
}
