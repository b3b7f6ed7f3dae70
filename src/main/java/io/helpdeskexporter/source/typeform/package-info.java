/**
 * Reads answers to forms of Typeform, over its Responses API. Each question that is configured, and
 * each that asks for a recommendation, becomes an answer to a survey; no text, name or address is
 * kept. Start at {@link io.helpdeskexporter.source.typeform.TypeformSource}.
 */
@NullMarked
package io.helpdeskexporter.source.typeform;

import org.jspecify.annotations.NullMarked;
