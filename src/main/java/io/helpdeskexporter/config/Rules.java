package io.helpdeskexporter.config;

import java.lang.reflect.RecordComponent;
import java.util.Optional;

/** What a component's annotations ask of its value, or of each value in it. */
record Rules(
    Optional<String> min,
    Optional<String> max,
    Optional<Matching> matching,
    Optional<KeysMatching> keysMatching) {
  static final Rules NONE =
      new Rules(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  static Rules of(RecordComponent component) {
    return new Rules(
        Optional.ofNullable(component.getAnnotation(Min.class)).map(Min::value),
        Optional.ofNullable(component.getAnnotation(Max.class)).map(Max::value),
        Optional.ofNullable(component.getAnnotation(Matching.class)),
        Optional.ofNullable(component.getAnnotation(KeysMatching.class)));
  }

  /** {@code "a number"} becomes {@code "a number from 0 to 1"}. */
  String bounded(String what) {
    if (min.isPresent() && max.isPresent()) {
      return what + " from " + min.get() + " to " + max.get();
    }
    return what
        + min.map(least -> " of at least " + least).orElse("")
        + max.map(most -> " of at most " + most).orElse("");
  }
}
