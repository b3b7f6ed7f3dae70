package io.helpdeskexporter.model;

import java.util.Map;

/**
 * One thing that a gauge counts now.
 *
 * @param value to be added up, or an instant in milliseconds
 */
record Standing(String what, Map<String, String> labels, long value) {}
