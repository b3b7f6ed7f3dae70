/**
 * Compares our numbers with those that a helpdesk stores itself, ticket by ticket, and proves why
 * they differ: ours is derived once more with one thing changed, and the change under which both
 * agree is the reason. What no single change explains is said to be unexplained. Pure: no I/O and
 * no clock. It has no rules of its own for what a number is: all of them come from the derivation.
 * Knows {@code domain}, {@code calendar} and {@code facts}. Start at {@link
 * io.helpdeskexporter.reconcile.Reconciler#of}.
 */
@NullMarked
package io.helpdeskexporter.reconcile;

import org.jspecify.annotations.NullMarked;
