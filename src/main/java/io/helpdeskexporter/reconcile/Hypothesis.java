package io.helpdeskexporter.reconcile;

import io.helpdeskexporter.facts.Compared;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Something that the helpdesk may do in another way.
 *
 * @param on what our number would then be, by what it is compared with; empty where there would be
 *     none, or where this changes nothing about the ticket
 */
record Hypothesis(Why why, Function<Case, Function<Compared, OptionalLong>> on) {}
