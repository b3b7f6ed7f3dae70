/** Tests of the store, all on a real PostgreSQL. */
@NullMarked
package io.helpdeskexporter.store;

import org.jspecify.annotations.NullMarked;
