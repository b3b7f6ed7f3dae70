package io.helpdeskexporter.domain;

import java.util.Optional;

/**
 * Who did something.
 *
 * @param id the source's key of an agent or bot, where it is known; never kept for customers
 */
public record Author(Actor actor, Optional<String> id) {
  public static final Author CUSTOMER = new Author(Actor.CUSTOMER, Optional.empty());
  public static final Author SYSTEM = new Author(Actor.SYSTEM, Optional.empty());

  public Author {
    if (actor == Actor.CUSTOMER || actor == Actor.SYSTEM) {
      id = Optional.empty();
    }
  }

  public static Author agent(String id) {
    return new Author(Actor.AGENT, Optional.of(id));
  }

  public static Author bot(String id) {
    return new Author(Actor.BOT, Optional.of(id));
  }
}
