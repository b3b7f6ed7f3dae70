package io.helpdeskexporter.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A ticket as far as others need to know it: other tickets of the same requester for repeat
 * contacts, and what is not a ticket and has to do with the requester or the organisation.
 *
 * @param solves when it was solved, oldest first
 * @param topic its first word, as the source tells it
 * @param leftAt when it was merged or excluded
 * @param about its topic as the definitions in force put it
 * @param rating what the customer said last about the help, where it is known for good
 */
public record Contact(
    String ticket,
    Instant createdAt,
    List<Instant> solves,
    Optional<String> topic,
    boolean proactive,
    Optional<Instant> leftAt,
    String about,
    Optional<Rating> rating) {
  public Contact {
    solves = List.copyOf(solves);
  }

  /** One that nobody has rated, and whose topic is the word. */
  public Contact(
      String ticket,
      Instant createdAt,
      List<Instant> solves,
      Optional<String> topic,
      boolean proactive,
      Optional<Instant> leftAt) {
    this(
        ticket,
        createdAt,
        solves,
        topic,
        proactive,
        leftAt,
        topic.orElse(Topics.NONE),
        Optional.empty());
  }

  /** As far as it had come at an instant; what was said only since then is not known. */
  Contact asOf(Instant then) {
    return new Contact(
        ticket,
        createdAt,
        solves.stream().filter(at -> !at.isAfter(then)).toList(),
        topic,
        proactive,
        leftAt.filter(at -> !at.isAfter(then)),
        about,
        rating.filter(it -> !it.at().isAfter(then)));
  }

  /**
   * What a customer said about the help they got.
   *
   * @param positive or negative; what is neither is not here
   */
  public record Rating(Instant at, boolean positive) {}
}
