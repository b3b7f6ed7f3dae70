package io.helpdeskexporter.sync;

import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Engine;
import io.helpdeskexporter.source.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What to do about one source.
 *
 * @param urlTemplate the page of a ticket, with {id} for its key
 * @param fingerprint of all that the derivation depends on beside the tickets
 * @param horizon the oldest observations that an engine needs, as of an instant
 * @param engine makes the source's engine as of an instant; the teams known so far come oldest
 *     first
 */
public record SourcePlan(
    String name,
    String kind,
    Optional<String> urlTemplate,
    Source source,
    Derivation derivation,
    String fingerprint,
    Duration pollEvery,
    UnaryOperator<Instant> horizon,
    BiFunction<Instant, List<String>, Engine> engine) {}
