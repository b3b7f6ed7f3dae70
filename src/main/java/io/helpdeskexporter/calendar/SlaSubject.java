package io.helpdeskexporter.calendar;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import java.util.List;
import java.util.Optional;

/** What a policy looks at to see whether it is about a ticket. */
public record SlaSubject(
    Optional<String> team,
    Channel channel,
    Priority priority,
    List<String> topics,
    Optional<String> organization) {
  public SlaSubject {
    topics = List.copyOf(topics);
  }
}
