/**
 * Webhooks that vendors send: whether one is genuine, and that something is new at a source. What
 * is new is never taken from them: the source is read sooner, by the way in which it is always
 * read, so that a delivery that is lost, late, repeated or out of order changes no number.
 */
@NullMarked
package io.helpdeskexporter.hook;

import org.jspecify.annotations.NullMarked;
