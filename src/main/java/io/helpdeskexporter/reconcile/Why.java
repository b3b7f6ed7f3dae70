package io.helpdeskexporter.reconcile;

/**
 * What was changed so that both numbers agreed.
 *
 * @param words what the helpdesk does, as a sentence without its first capital and its full stop
 */
public record Why(Reason reason, String words) {}
