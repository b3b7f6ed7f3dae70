package io.helpdeskexporter.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A ticket as its source last gave it. What changes over its life is told by its {@link
 * TicketEvent}s; status, priority, team and assignee here are the present ones, in the source's
 * words.
 *
 * @param id the source's key
 * @param version grows with each change of the ticket, so that the newest of several readings wins
 *     whatever their order
 * @param createdAt when it was created, kept to the millisecond
 * @param openedBy {@link Actor#CUSTOMER} unless staff or a machine opened it towards the customer
 * @param requester the source's key of who asked; never exported
 * @param topics tags, categories, fields: the source's words, most telling first
 * @param followUpOf the earlier ticket that this one continues, where the source links them
 * @param mergedInto where it is known from the ticket and no event tells when: the ticket then
 *     counts as merged from {@code updatedAt} on
 * @param excluded likewise
 */
public record Ticket(
    String id,
    long version,
    Instant createdAt,
    Instant updatedAt,
    Actor openedBy,
    Optional<String> status,
    Optional<String> priority,
    Optional<String> team,
    Optional<String> assignee,
    Optional<String> channel,
    Optional<String> requester,
    Optional<String> organization,
    List<String> topics,
    Optional<String> followUpOf,
    Optional<String> mergedInto,
    Optional<Exclusion> excluded,
    Reported reported) {
  public Ticket {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a ticket's id is empty");
    }
    createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
    updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
    topics = List.copyOf(topics);
  }

  /** A ticket about which nothing is known but its key and when it was created. */
  public static Builder ticket(String id, Instant createdAt) {
    return new Builder(id, createdAt);
  }

  /** To build one that is the same but for what is named. */
  public Builder but() {
    return new Builder(id, createdAt)
        .version(version)
        .updatedAt(updatedAt)
        .openedBy(openedBy)
        .status(status)
        .priority(priority)
        .team(team)
        .assignee(assignee)
        .channel(channel)
        .requester(requester)
        .organization(organization)
        .topics(topics)
        .followUpOf(followUpOf)
        .mergedInto(mergedInto)
        .excluded(excluded)
        .reported(reported);
  }

  /** Names the components that a caller knows; all others are absent. */
  public static final class Builder {
    private final String id;
    private final Instant createdAt;
    private long version;
    private Instant updatedAt;
    private Actor openedBy = Actor.CUSTOMER;
    private Optional<String> status = Optional.empty();
    private Optional<String> priority = Optional.empty();
    private Optional<String> team = Optional.empty();
    private Optional<String> assignee = Optional.empty();
    private Optional<String> channel = Optional.empty();
    private Optional<String> requester = Optional.empty();
    private Optional<String> organization = Optional.empty();
    private List<String> topics = List.of();
    private Optional<String> followUpOf = Optional.empty();
    private Optional<String> mergedInto = Optional.empty();
    private Optional<Exclusion> excluded = Optional.empty();
    private Reported reported = Reported.NOTHING;

    private Builder(String id, Instant createdAt) {
      this.id = id;
      this.createdAt = createdAt;
      this.updatedAt = createdAt;
    }

    public Builder version(long value) {
      version = value;
      return this;
    }

    public Builder updatedAt(Instant value) {
      updatedAt = value;
      return this;
    }

    public Builder openedBy(Actor value) {
      openedBy = value;
      return this;
    }

    public Builder status(Optional<String> value) {
      status = value;
      return this;
    }

    public Builder status(String value) {
      return status(Optional.of(value));
    }

    public Builder priority(Optional<String> value) {
      priority = value;
      return this;
    }

    public Builder priority(String value) {
      return priority(Optional.of(value));
    }

    public Builder team(Optional<String> value) {
      team = value;
      return this;
    }

    public Builder team(String value) {
      return team(Optional.of(value));
    }

    public Builder assignee(Optional<String> value) {
      assignee = value;
      return this;
    }

    public Builder assignee(String value) {
      return assignee(Optional.of(value));
    }

    public Builder channel(Optional<String> value) {
      channel = value;
      return this;
    }

    public Builder channel(String value) {
      return channel(Optional.of(value));
    }

    public Builder requester(Optional<String> value) {
      requester = value;
      return this;
    }

    public Builder requester(String value) {
      return requester(Optional.of(value));
    }

    public Builder organization(Optional<String> value) {
      organization = value;
      return this;
    }

    public Builder topics(List<String> value) {
      topics = value;
      return this;
    }

    public Builder followUpOf(Optional<String> value) {
      followUpOf = value;
      return this;
    }

    public Builder mergedInto(Optional<String> value) {
      mergedInto = value;
      return this;
    }

    public Builder excluded(Optional<Exclusion> value) {
      excluded = value;
      return this;
    }

    public Builder reported(Reported value) {
      reported = value;
      return this;
    }

    public Ticket build() {
      return new Ticket(
          id,
          version,
          createdAt,
          updatedAt,
          openedBy,
          status,
          priority,
          team,
          assignee,
          channel,
          requester,
          organization,
          topics,
          followUpOf,
          mergedInto,
          excluded,
          reported);
    }
  }
}
