package io.helpdeskexporter.explain;

/**
 * Which of several definitions is in force.
 *
 * @param key of the configuration, such as {@code kpi.frt.start}
 */
public record Choice(String key, String value) {}
