/**
 * Measures the exporter, beside what the machine could do at best: {@code make bench}. Nothing here
 * is a test and no test asserts a time; what was measured stands in {@code docs/performance.md}.
 * Compiled with the tests so that it keeps fitting the program, but uses none of their libraries.
 * Start at {@link Bench}.
 */
@NullMarked
package io.helpdeskexporter.bench;

import org.jspecify.annotations.NullMarked;
