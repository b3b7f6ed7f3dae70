/**
 * From a YAML file to records that are known to be right, or to the list of everything that is
 * wrong with it, each problem with its line. Never repairs a value, never guesses a key, never
 * prints a secret; reads no clock and no environment of its own (the variables are an argument).
 * Knows the core's types that a configuration means ({@code domain}, {@code calendar}, {@code
 * facts}) and no source: what one needs beyond the keys that all have is declared by its kind, as a
 * record annotated with {@link io.helpdeskexporter.config.Doc} and its siblings. Start at {@link
 * io.helpdeskexporter.config.ConfigLoader} and {@link io.helpdeskexporter.config.Config}.
 */
@NullMarked
package io.helpdeskexporter.config;

import org.jspecify.annotations.NullMarked;
