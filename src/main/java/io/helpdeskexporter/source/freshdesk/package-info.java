/**
 * Reads Freshdesk over its API, version 2: tickets by the time of their last change, what was said
 * on them only where somebody said something, and beside them ratings, working time, agents who are
 * available, and the export of activities, which is the only whole history that it has. Knows
 * {@code source.api}. Never writes, keeps no text and no customer's name. Start at {@link
 * io.helpdeskexporter.source.freshdesk.FreshdeskSource}.
 */
@NullMarked
package io.helpdeskexporter.source.freshdesk;

import org.jspecify.annotations.NullMarked;
