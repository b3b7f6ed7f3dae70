/** Tests of {@link io.helpdeskexporter.source.surveymonkey}, and a SurveyMonkey to test with. */
@NullMarked
package io.helpdeskexporter.source.surveymonkey;

import org.jspecify.annotations.NullMarked;
