/**
 * What survey platforms have in common: which question asks for what, and which score on which
 * scale a given answer is. Pure; never guesses: a scale that a survey does not have is an error
 * that says what to configure. Start at {@link io.helpdeskexporter.source.survey.Question}.
 */
@NullMarked
package io.helpdeskexporter.source.survey;

import org.jspecify.annotations.NullMarked;
