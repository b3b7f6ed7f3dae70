/**
 * What all systems that are read over HTTP have in common: calls to one host and no other, tries
 * and waits, a budget that leaves room for people, and rows of JSON that are taken or left out one
 * by one. The packages of the vendors beside this one say what to ask and what an answer means.
 */
@NullMarked
package io.helpdeskexporter.source.api;

import org.jspecify.annotations.NullMarked;
