/**
 * The commands, and the wiring: the only place that knows all others, makes the system clock,
 * writes to the terminal and ends the process. Start at {@link io.helpdeskexporter.cli.Main} and
 * {@link io.helpdeskexporter.cli.Service}.
 */
@NullMarked
package io.helpdeskexporter.cli;

import org.jspecify.annotations.NullMarked;
