package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who works for the account, by the ids that they also have as contacts. Those who left are in it
 * no more; what they wrote is known by its category.
 */
final class Staff {
  static final long CUSTOMER_REPLY = 1;
  static final long PRIVATE_NOTE = 2;
  static final long AGENT_REPLY = 3;

  private static final Set<String> PEOPLE =
      Set.of("support_agent", "field_agent", "collaborator", "");

  private final Map<String, Boolean> people = new HashMap<>();

  /**
   * @param bots ids of agents that are no people, whatever their type
   */
  static Staff of(List<Item> agents, Set<String> bots) {
    Staff staff = new Staff();
    bots.forEach(bot -> staff.people.put(bot, false));
    for (Item agent : agents) {
      try {
        boolean isPerson = PEOPLE.contains(agent.text("type").orElse(""));
        staff.people.putIfAbsent(agent.requiredKey("id"), isPerson);
      } catch (BadItem e) {
        // Without an id nothing refers to it.
      }
    }
    return staff;
  }

  boolean knows(String id) {
    return people.containsKey(id);
  }

  /** Nobody could be asked for. */
  boolean isEmpty() {
    return people.isEmpty();
  }

  /** Of an agent's own act. */
  Author agent(String id) {
    return people.getOrDefault(id, true) ? Author.agent(id) : Author.bot(id);
  }

  /**
   * Who wrote: by the id, then by the category, and only then by {@code incoming}, which is wrong
   * for customers who write in the portal.
   *
   * @param isRequester of this ticket; agents have tickets of their own, too
   * @param isBotTicket came in by a bot, so that an unknown author is the bot
   */
  Author author(
      Optional<String> user,
      boolean isRequester,
      OptionalLong category,
      boolean incoming,
      boolean isBotTicket) {
    long kind = category.orElse(0);
    if (user.isPresent() && knows(user.get())) {
      boolean asCustomer = isRequester && kind != AGENT_REPLY && kind != PRIVATE_NOTE;
      return asCustomer ? Author.CUSTOMER : agent(user.get());
    }
    if (isRequester || kind == CUSTOMER_REPLY) {
      return Author.CUSTOMER;
    }
    if (isBotTicket) {
      return new Author(Actor.BOT, user);
    }
    boolean byAgent = kind == AGENT_REPLY || kind == PRIVATE_NOTE || !incoming;
    return byAgent ? new Author(Actor.AGENT, user) : Author.CUSTOMER;
  }
}
