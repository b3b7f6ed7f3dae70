package io.helpdeskexporter.source.file;

import java.util.Optional;

/**
 * Which column holds what.
 *
 * @param key the event's own key, unique within the ticket; where there is none, the content of the
 *     mapped columns is the key, so two events with the same content are one
 * @param sequence a whole number that orders the events of a ticket; where there is none, time does
 * @param author the agent's or bot's key
 * @param actor customer, agent, bot or system; needed where somebody wrote
 * @param seconds working time, or the promised time of an SLA; fractions allowed
 * @param visible whether the customer sees a message
 * @param metric first_response, next_response, resolution or other
 * @param dueAt the deadline of an SLA; no value where it was taken away
 */
public record EventColumns(
    String ticket,
    Optional<String> key,
    Optional<String> sequence,
    String at,
    String kind,
    Optional<String> author,
    Optional<String> actor,
    Optional<String> from,
    Optional<String> to,
    Optional<String> seconds,
    Optional<String> visible,
    Optional<String> metric,
    Optional<String> dueAt) {}
