/**
 * Zendesk Support over its API: the exports of tickets and of their events, the events of SLA
 * metrics, and satisfaction ratings. {@code *Stream} classes ask and keep positions, {@code *Rows}
 * classes are pure and say what a row means. Nothing is asked per ticket. Start at {@link
 * io.helpdeskexporter.source.zendesk.ZendeskSource}.
 */
@NullMarked
package io.helpdeskexporter.source.zendesk;

import org.jspecify.annotations.NullMarked;
