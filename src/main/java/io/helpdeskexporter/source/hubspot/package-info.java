/**
 * Reads HubSpot over its CRM API: tickets with the history of their stages, owners, teams and
 * priorities, feedback, and, where it is wanted, companies as customers and deals. What changed is
 * searched for by its time and its id, never by an offset, and then read afresh; nothing is
 * written, and no text and no name is kept. Start at {@link HubspotSource}.
 */
@NullMarked
package io.helpdeskexporter.source.hubspot;

import org.jspecify.annotations.NullMarked;
