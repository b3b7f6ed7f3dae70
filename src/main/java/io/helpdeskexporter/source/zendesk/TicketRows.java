package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Measured.Grain;
import io.helpdeskexporter.domain.Measured.Hours;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What a row of the ticket export says. */
final class TicketRows {
  /** What Zendesk tags a ticket with that was merged into another. */
  static final String MERGED_TAG = "closed_by_merge";

  /** Where it is known that a ticket was merged, and not into which. */
  static final String UNKNOWN_TICKET = "unknown";

  static final String DELETED = "deleted";

  /** Channels that are known to be talks already. */
  private static final Set<String> TALKS =
      Set.of(
          "chat",
          "native_messaging",
          "sms",
          "whatsapp",
          "facebook",
          "twitter",
          "line",
          "wechat",
          "telegram",
          "viber",
          "instagram_dm",
          "facebook_messenger",
          "mobile_sdk");

  /** In the order in which they are stored. */
  private static final Map<String, Figure> FIGURES =
      new TreeMap<>(
          Map.of(
              "reply_time_in_minutes", Figure.FIRST_RESPONSE,
              "first_resolution_time_in_minutes", Figure.FIRST_RESOLUTION,
              "full_resolution_time_in_minutes", Figure.FULL_RESOLUTION,
              "requester_wait_time_in_minutes", Figure.REQUESTER_WAIT,
              "agent_wait_time_in_minutes", Figure.AGENT_WAIT,
              "on_hold_time_in_minutes", Figure.ON_HOLD));

  private final List<String> topicFields;
  private final People people;
  private final Groups groups;

  TicketRows(List<String> topicFields, People people, Groups groups) {
    this.topicFields = topicFields;
    this.people = people;
    this.groups = groups;
  }

  /** Who typed it in for somebody else. */
  static Optional<String> writer(Item row) throws BadItem {
    Optional<String> submitter = row.key("submitter_id");
    return submitter.equals(row.key("requester_id")) ? Optional.empty() : submitter;
  }

  Ticket read(Item row) throws BadItem {
    Instant created = row.requiredTime("created_at");
    Instant updated = row.time("updated_at").orElse(created);
    Optional<String> status = row.text("status");
    boolean deleted = status.filter(DELETED::equals).isPresent();
    Via via = Via.of(row);
    List<String> tags = row.texts("tags");
    boolean merged =
        !via.isFollowUp()
            && tags.contains(MERGED_TAG)
            && status.filter(it -> it.equals("solved") || it.equals("closed")).isPresent();
    return Ticket.ticket(row.requiredKey("id"), created)
        .version(version(row, updated))
        .updatedAt(updated)
        .openedBy(openedBy(row, via))
        .status(status)
        .priority(row.text("priority"))
        .team(row.key("group_id").map(groups::name))
        .assignee(row.key("assignee_id"))
        .channel(channel(row, via))
        .requester(row.key("requester_id"))
        .organization(row.key("organization_id"))
        .topics(topics(row, tags))
        .followUpOf(via.isFollowUp() ? via.from() : Optional.empty())
        .mergedInto(merged ? Optional.of(UNKNOWN_TICKET) : Optional.empty())
        .excluded(deleted ? Optional.of(Exclusion.DELETED) : Optional.empty())
        .reported(reported(row.item("metric_set"), created))
        .build();
  }

  /** Changes that nobody made, such as a cleaning up, move this on, and not updated_at. */
  private static long version(Item row, Instant updated) throws BadItem {
    OptionalLong generated = row.number("generated_timestamp");
    return generated.orElse(updated.getEpochSecond());
  }

  /**
   * An agent who notes down a call of a customer opens nothing towards them. A ticket without any
   * public comment awaits no first response, whoever wrote it.
   */
  private Actor openedBy(Item row, Via via) throws BadItem {
    if (row.truth("is_public").filter(it -> !it).isPresent()) {
      return Actor.AGENT;
    }
    if (via.channel().filter(it -> it.equals("voice") || it.equals("phone")).isPresent()
        && via.relation().filter(it -> it.startsWith("outbound")).isEmpty()) {
      return Actor.CUSTOMER;
    }
    return writer(row).flatMap(people::role).filter(it -> it == Actor.AGENT).orElse(Actor.CUSTOMER);
  }

  private static Optional<String> channel(Item row, Via via) throws BadItem {
    return row.isTrue("from_messaging_channel") && via.channel().filter(TALKS::contains).isEmpty()
        ? Optional.of("native_messaging")
        : via.channel();
  }

  private List<String> topics(Item row, List<String> tags) throws BadItem {
    List<String> topics = new ArrayList<>();
    if (!topicFields.isEmpty()) {
      Map<String, Item> fields = new HashMap<>();
      for (Item field : row.items("custom_fields")) {
        fields.put(field.requiredKey("id"), field);
      }
      for (String id : topicFields) {
        Item field = fields.get(id);
        if (field != null) {
          topics.addAll(values(field));
        }
      }
    }
    topics.addAll(tags);
    row.text("type").ifPresent(type -> topics.add("type:" + type));
    row.key("brand_id").ifPresent(brand -> topics.add("brand:" + brand));
    return topics;
  }

  /** A field has one value, or several of a list to choose from. */
  private static List<String> values(Item field) throws BadItem {
    return field.json().path("value").isArray()
        ? field.texts("value")
        : field.text("value").stream().toList();
  }

  /** What Zendesk computes itself, to the minute: for who wants to believe it on something. */
  private static Reported reported(Item metrics, Instant created) throws BadItem {
    OptionalLong firstReply = metrics.item("reply_time_in_minutes").number("calendar");
    OptionalLong stations = metrics.number("assignee_stations");
    return new Reported(
        firstReply.isPresent()
            ? Optional.of(created.plus(Duration.ofMinutes(firstReply.getAsLong())))
            : Optional.empty(),
        metrics.time("solved_at"),
        Optional.empty(),
        count(metrics.number("reopens")),
        stations.isPresent()
            ? OptionalInt.of((int) Math.max(0, stations.getAsLong() - 1))
            : OptionalInt.empty(),
        count(metrics.number("replies")),
        Optional.empty(),
        List.of(),
        measured(metrics));
  }

  /** In whole minutes, by the clock and in the hours of the ticket's schedule. */
  private static List<Measured> measured(Item metrics) throws BadItem {
    List<Measured> all = new ArrayList<>();
    for (Map.Entry<String, Figure> name : FIGURES.entrySet()) {
      Item minutes = metrics.item(name.getKey());
      measured(name.getValue(), Hours.CALENDAR, minutes.number("calendar")).ifPresent(all::add);
      measured(name.getValue(), Hours.BUSINESS, minutes.number("business")).ifPresent(all::add);
    }
    return all;
  }

  private static Optional<Measured> measured(Figure figure, Hours hours, OptionalLong minutes) {
    return minutes.isPresent() && minutes.getAsLong() >= 0
        ? Optional.of(
            new Measured(figure, hours, Duration.ofMinutes(minutes.getAsLong()), Grain.MINUTE))
        : Optional.empty();
  }

  private static OptionalInt count(OptionalLong number) {
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }
}
