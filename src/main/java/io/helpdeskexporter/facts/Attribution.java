package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;

/**
 * Whom an occurrence counts for: team and priority as they were then, and the channel of creation.
 *
 * @param team {@link #UNASSIGNED} where the ticket had none
 */
public record Attribution(String team, Channel channel, Priority priority) {
  public static final String UNASSIGNED = "unassigned";
}
