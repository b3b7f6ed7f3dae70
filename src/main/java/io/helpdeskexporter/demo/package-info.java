/**
 * A simulated helpdesk in a real database, so that the exporter can be tried without a helpdesk:
 * {@link io.helpdeskexporter.demo.Desk} invents the lives of its tickets and what goes on around
 * them (shifts, customers, the website, an outage), always the same for a seed; {@link
 * io.helpdeskexporter.demo.DeskDatabase} writes of them what has happened until now into tables as
 * an application would; and {@link io.helpdeskexporter.demo.EmbeddedPostgres} is the server under
 * both this desk and the exporter's store. {@link io.helpdeskexporter.demo.DeskVolume} gives
 * changes in any number, without a database, for tests of size. Knows {@code calendar}, {@code
 * domain} and {@code source}; reads no clock of its own. Never used to read a real helpdesk.
 */
@NullMarked
package io.helpdeskexporter.demo;

import org.jspecify.annotations.NullMarked;
