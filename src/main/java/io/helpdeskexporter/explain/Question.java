package io.helpdeskexporter.explain;

import java.util.Optional;

/**
 * What somebody wants to have explained.
 *
 * @param kpi by its id; empty: all that the ticket has to do with
 */
public record Question(String source, String ticket, Optional<String> kpi) {}
