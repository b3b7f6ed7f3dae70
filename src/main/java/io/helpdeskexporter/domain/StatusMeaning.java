package io.helpdeskexporter.domain;

/**
 * What a helpdesk's own status says: either where the ticket stands ({@link Status}) or that it is
 * none of support's work ({@link Exclusion}), as with a status "deleted".
 */
public sealed interface StatusMeaning permits Status, Exclusion {}
