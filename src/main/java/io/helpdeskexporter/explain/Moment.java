package io.helpdeskexporter.explain;

import io.helpdeskexporter.domain.Actor;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a ticket, or that time did to it.
 *
 * @param what in words that begin small and have no full stop
 * @param by what kind of actor did it; empty where that is not told, and where time did
 * @param from the value before, of what changed
 * @param to the value after
 * @param byTime whether it came about by the passing of time alone, or is a verdict on the rest
 */
public record Moment(
    Instant at,
    String what,
    Optional<Actor> by,
    Optional<String> from,
    Optional<String> to,
    boolean byTime) {}
