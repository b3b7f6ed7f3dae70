/**
 * Reads answers to surveys of SurveyMonkey, over its API. Each question that is configured, and
 * each that asks for a recommendation, becomes an answer; no text, name or address is kept. Start
 * at {@link io.helpdeskexporter.source.surveymonkey.SurveyMonkeySource}.
 */
@NullMarked
package io.helpdeskexporter.source.surveymonkey;

import org.jspecify.annotations.NullMarked;
