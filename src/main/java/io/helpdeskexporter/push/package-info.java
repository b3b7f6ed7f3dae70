/**
 * What others push: rows of any stream, ticket or event, in JSON lines. A push is taken in by the
 * transaction that a page of a source is, so it is stored when it is answered, and counted by the
 * next look at the source.
 */
@NullMarked
package io.helpdeskexporter.push;

import org.jspecify.annotations.NullMarked;
