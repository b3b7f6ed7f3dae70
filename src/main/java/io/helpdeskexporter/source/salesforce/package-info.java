/**
 * Salesforce Service Cloud over its query API: cases with their milestones, their history, what was
 * written, and, where it is asked for, accounts as customers and opportunities as deals. Classes
 * that ask keep positions; {@code *Rows} classes are pure and say what a row means. Rows are asked
 * for by when they changed, never case by case. Start at {@link
 * io.helpdeskexporter.source.salesforce.SalesforceSource}.
 */
@NullMarked
package io.helpdeskexporter.source.salesforce;

import org.jspecify.annotations.NullMarked;
