package io.helpdeskexporter.source.file;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import java.util.List;
import java.util.Optional;

/**
 * Which column holds what. In JSON lines a name is a key of the object, or a path of keys with
 * dots.
 */
public record TicketColumns(
    @Doc("The ticket's key.") String id,
    @Doc(
            "A whole number that grows with each change of a ticket; where there is none, time"
                + " orders its rows.")
        Optional<String> version,
    @Doc("When the ticket was created.") String createdAt,
    @Doc("When the row was true; where there is none, the latest of its other dates.")
        Optional<String> updatedAt,
    @Doc("The status, in the helpdesk's words.") Optional<String> status,
    @Doc("The priority, likewise.") Optional<String> priority,
    @Doc("How the ticket came in, likewise.") Optional<String> channel,
    @Doc("The team.") Optional<String> team,
    @Doc("The agent.") Optional<String> assignee,
    @Doc("The key of who asked; never exported.") Optional<String> requester,
    @Doc("The key of the requester's organization.") Optional<String> organization,
    @Doc("Whose work opening it was: customer, agent, bot or system. Left out: the customer's.")
        Optional<String> openedBy,
    @Doc("Tags, categories and fields, most telling first.") @Default("[]") List<String> topics,
    @Doc("The key of the earlier ticket that this one continues.") Optional<String> followUpOf,
    @Doc("The key of the ticket that this one was merged into.") Optional<String> mergedInto,
    @Doc("Why the ticket is left out: spam, deleted, test or internal.") Optional<String> excluded,
    @Doc("How satisfied the customer is; see rating_scale.") Optional<String> rating,
    @Doc("When the customer said so; needed beside rating.") Optional<String> ratedAt,
    @Doc(
            "The scale of the rating: a column that names it, or itself, one of 1-5, 0-5, binary"
                + " (good and bad), 1-3 and 1-4. Left out: 1-5.")
        Optional<String> ratingScale,
    @Doc("Columns with what the helpdesk computed itself, which is then believed.")
        ReportedColumns reported) {
  public TicketColumns {
    topics = List.copyOf(topics);
    if (rating.isPresent() && ratedAt.isEmpty()) {
      throw new IllegalArgumentException(
          "missing key \"rated_at\": with rating it says when the customer gave it");
    }
    if (rating.isEmpty() && (ratedAt.isPresent() || ratingScale.isPresent())) {
      throw new IllegalArgumentException(
          "found rated_at or rating_scale without rating; allowed: beside it");
    }
  }
}
