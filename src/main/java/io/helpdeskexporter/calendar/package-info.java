/**
 * When the desk is open and what that makes of time: opening hours, holidays, business time between
 * two instants, deadlines, and the SLA policies that set them. Pure: no clock of its own, no
 * logging, no I/O but reading the holiday tables that come with the library. Everything is safe for
 * use by many threads. Knows {@code domain} only. Start at {@link
 * io.helpdeskexporter.calendar.BusinessClock}, then {@link
 * io.helpdeskexporter.calendar.BusinessCalendar} and {@link io.helpdeskexporter.calendar.SlaClock}.
 */
@NullMarked
package io.helpdeskexporter.calendar;

import org.jspecify.annotations.NullMarked;
