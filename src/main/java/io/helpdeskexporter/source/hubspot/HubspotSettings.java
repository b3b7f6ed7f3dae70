package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.config.Max;
import io.helpdeskexporter.config.Min;
import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.api.Address;
import io.helpdeskexporter.source.survey.Question;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a source of kind {@code hubspot} is told. */
@Doc("Reads HubSpot over its API; see sources/hubspot.md.")
public record HubspotSettings(
    @Doc("The access token of a private app that may read tickets.") Secret accessToken,
    @Doc("Where the API is: the same for all regions, unless a gateway stands before it.")
        @Default("https://api.hubapi.com")
        String url,
    @Doc("How much of each rate limit may be used; the rest is for people and other programs.")
        @Default("50%")
        Share useAtMost,
    @Doc("Tickets, feedback and deals that did not change since are not read.")
        @Default("1970-01-01")
        LocalDate since,
    @Doc(
            "What stages mean, by id or label, such as {Waiting for parts: on_hold, Spam: spam}: a"
                + " status, or a word that statuses gives a meaning.")
        @Default("{}")
        Map<String, String> stages,
    @Doc("An open stage whose label has one of these words waits for the customer.")
        @Default("[waiting, pending, customer, contact]")
        List<String> waitingWords,
    @Doc("An open stage whose label has one of these words waits for somebody else.")
        @Default("[hold, third party, vendor, supplier]")
        List<String> holdWords,
    @Doc("Whether a higher priority, if it is high or urgent, is an escalation.") @Default("false")
        boolean priorityEscalates,
    @Doc("Stages that a ticket is escalated into, by id or label.") @Default("[]")
        Set<String> escalationStages,
    @Doc("Properties of tickets whose values are topics, before the categories.") @Default("[]")
        List<String> topicProperties,
    @Doc(
            "What surveys ask for, by their id, where HubSpot does not tell or the scale is not the"
                + " usual one, such as {12345: {survey: csat, scale: 1-3}}.")
        @Default("{}")
        Map<String, Question> surveys,
    @Doc(
            "Whether the messages of conversations are read: a call for each conversation that went"
                + " on. For accounts whose tickets come from the inbox or the help desk.")
        @Default("false")
        boolean messages,
    @Doc("Whether companies are read as customers, by their lifecycle stage.") @Default("false")
        boolean customers,
    @Doc("The property of companies that holds what a customer pays a month.")
        Optional<String> monthlyProperty,
    @Doc("The property of companies that holds the day on which a customer was lost.")
        Optional<String> lostProperty,
    @Doc("Whether deals are read.") @Default("false") boolean deals,
    @Doc("Types of deals that are read, such as [existingbusiness]; none: all.") @Default("[]")
        Set<String> dealTypes,
    @Doc("How often feedback, deleted tickets, companies and deals are looked at.")
        @Default("15m")
        @Min("1m")
        Duration listsEvery,
    @Doc("How late the search may show a change: so far it looks back at each poll.")
        @Default("15m")
        @Min("1m")
        @Max("1d")
        Duration lookback,
    @Doc("How many rows are searched for at a time.") @Default("200") @Min("2") @Max("200")
        int pageSize,
    @Doc("How long one answer may take.") @Default("30s") @Min("1s") Duration timeout) {
  public HubspotSettings {
    stages = Map.copyOf(stages);
    waitingWords = List.copyOf(waitingWords);
    holdWords = List.copyOf(holdWords);
    escalationStages = Set.copyOf(escalationStages);
    topicProperties = List.copyOf(topicProperties);
    surveys = Map.copyOf(surveys);
    dealTypes = Set.copyOf(dealTypes);
    Address.parse("url", url);
    List<String> named = new ArrayList<>(topicProperties);
    monthlyProperty.ifPresent(named::add);
    lostProperty.ifPresent(named::add);
    for (String property : named) {
      if (!property.matches("[a-z][a-z0-9_]*")) {
        throw new IllegalArgumentException(
            "found \"%s\"; allowed: the internal name of a property, such as customer_tier"
                .formatted(property));
      }
    }
    if (!customers && (monthlyProperty.isPresent() || lostProperty.isPresent())) {
      throw new IllegalArgumentException(
          "%s: found without customers; allowed: with customers: true"
              .formatted(monthlyProperty.isPresent() ? "monthly_property" : "lost_property"));
    }
    if (!deals && !dealTypes.isEmpty()) {
      throw new IllegalArgumentException(
          "deal_types: found without deals; allowed: with deals: true");
    }
  }

  Address address() {
    return Address.parse("url", url);
  }

  /** HubSpot fails on a search from the beginning of time. */
  long sinceMillis() {
    Instant begin = since.atStartOfDay(ZoneOffset.UTC).toInstant();
    return Math.max(Duration.ofSeconds(1).toMillis(), begin.toEpochMilli());
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "HubspotSettings[" + address().host() + "]";
  }
}
