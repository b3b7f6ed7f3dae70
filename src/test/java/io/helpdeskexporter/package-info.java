/**
 * What holds for the project as a whole: its rooms and the doors between them, and how its sources
 * look. Each rule is a test that names the place that breaks it, so that no page has to ask anybody
 * to remember it.
 */
@NullMarked
package io.helpdeskexporter;

import org.jspecify.annotations.NullMarked;
