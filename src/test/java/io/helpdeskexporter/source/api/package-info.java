/**
 * Systems that are read over HTTP, played: simulators that behave as badly as the real ones, and
 * what every such source owes through a year of it.
 */
package io.helpdeskexporter.source.api;
