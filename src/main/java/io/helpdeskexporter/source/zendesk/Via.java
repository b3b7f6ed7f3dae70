package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How something came about. Zendesk writes it as an object, as a word, as a label or as a number,
 * and not always the same way for one thing.
 *
 * @param channel in lower case, words separated by an underscore; a number as text
 * @param relation such as {@code merge}, {@code follow_up}, {@code inbound}
 * @param from the ticket that it came from
 * @param to the ticket that it went to
 */
record Via(
    Optional<String> channel,
    Optional<String> relation,
    Optional<String> from,
    Optional<String> to) {
  /** What a trigger or an automation does, as a word and as a number. */
  private static final Set<String> RULES = Set.of("rule", "8");

  static Via of(Item row) throws BadItem {
    Item via = row.item("via");
    Optional<String> written = via.value();
    Item source = via.item("source");
    return new Via(
        (written.isPresent() ? written : via.text("channel"))
            .map(it -> it.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_")),
        source.text("rel"),
        source.item("from").key("ticket_id"),
        source.item("to").key("ticket_id"));
  }

  boolean isRule() {
    return channel.filter(RULES::contains).isPresent();
  }

  boolean isMerge() {
    return relation.filter("merge"::equals).isPresent();
  }

  boolean isFollowUp() {
    return relation.filter("follow_up"::equals).isPresent();
  }
}
