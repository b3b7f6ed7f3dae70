/**
 * What a helpdesk holds, in words that no vendor owns: tickets, what happened to them, and the
 * small closed vocabularies that KPIs count by. Values only: nothing here reads, writes, waits or
 * knows the time. Knows nobody. Start at {@link io.helpdeskexporter.domain.Ticket} and {@link
 * io.helpdeskexporter.domain.TicketEvent}.
 */
@NullMarked
package io.helpdeskexporter.domain;

import org.jspecify.annotations.NullMarked;
