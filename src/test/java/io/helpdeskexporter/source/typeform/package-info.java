/** Tests of {@link io.helpdeskexporter.source.typeform}, and a Typeform to test them with. */
@NullMarked
package io.helpdeskexporter.source.typeform;

import org.jspecify.annotations.NullMarked;
