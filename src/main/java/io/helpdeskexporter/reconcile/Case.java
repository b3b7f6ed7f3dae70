package io.helpdeskexporter.reconcile;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.Timeline;
import java.time.Instant;

/**
 * A ticket of which a number is to be explained.
 *
 * @param facts as they are counted
 */
record Case(Timeline timeline, Policies policies, Instant asOf, TicketFacts facts) {}
