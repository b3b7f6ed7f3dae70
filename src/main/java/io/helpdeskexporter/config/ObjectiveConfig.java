package io.helpdeskexporter.config;

import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.SlaMetric;
import java.util.Optional;

/** Which part of the promises is to be kept. What it says of others is checked with them. */
public record ObjectiveConfig(
    @Doc("A name of your own: the value of the label objective, and part of slo_id.")
        @Matching(value = Config.NAME, allowed = Config.NAME_IN_WORDS)
        String name,
    @Doc("The promises it is about; other is what a source promises beside the three.")
        SlaMetric slaMetric,
    @Doc("The source it is measured in. May be left out where there is only one.")
        Optional<String> source,
    @Doc("The team it is for, as the metrics show it. Left out: the whole source.")
        Optional<String> team,
    @Doc("The priority it is for. Left out: all of them.") Optional<Priority> priority,
    @Doc("The part of the promises that is to be kept.") Target target,
    @Doc("Over so many days, rolling.") @Default("28d") Period period) {}
