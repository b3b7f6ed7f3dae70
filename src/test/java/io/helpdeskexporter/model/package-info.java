/**
 * Every KPI once more, in the most obvious way: straight over the list of all tickets and of all
 * that happened, with nothing kept from one look to the next. It shares with the product only what
 * goes in (the records of {@code domain}, the settings) and the names of what comes out, so that
 * the two can only agree if both are right. Start at {@code SlowModel}; {@code SlowModelTest}
 * compares.
 */
@NullMarked
package io.helpdeskexporter.model;

import org.jspecify.annotations.NullMarked;
