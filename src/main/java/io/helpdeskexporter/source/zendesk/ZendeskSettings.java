package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.api.Address;
import io.helpdeskexporter.source.api.Authorization;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Manners;
import io.helpdeskexporter.source.api.OAuth;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a source of kind {@code zendesk} is told.
 *
 * @param bots users that are no people
 * @param formerStaff users that were agents when they wrote and are none now
 * @param overlap how late a row may turn up after the time it carries, where rows go by their time
 * @param rolesKept for how long it is remembered who is an agent, and what groups are called
 */
public record ZendeskSettings(
    @Doc("The account: SUBDOMAIN of https://SUBDOMAIN.zendesk.com; this, or url.")
        Optional<String> subdomain,
    @Doc("Where the API is instead, such as a gateway: https://HOST.") Optional<String> url,
    @Doc("The e-mail address of the administrator whom the API token is used as.")
        Optional<String> email,
    @Doc("An API token; needs email.") Optional<Secret> apiToken,
    @Doc(
            "An OAuth access token with the scope read that does not end; instead of email and"
                + " api_token.")
        Optional<Secret> oauthToken,
    @Doc(
            "An OAuth client whose tokens are renewed; instead of email and api_token, or of"
                + " oauth_token.")
        Optional<OAuth> oauth,
    @Doc("Leaves out what has not changed since this day (UTC).") Optional<LocalDate> since,
    @Doc("Users that are no people, by id or e-mail address.") @Default("[]") List<String> bots,
    @Doc("Users that were agents once and are none now, by id or e-mail address.") @Default("[]")
        List<String> formerStaff,
    @Doc(
            "Whether agents are requesters of tickets, as at a help desk for colleagues: what they"
                + " write there is then a customer's. Costs a call for each 100 tickets.")
        @Default("false")
        boolean staffMayAsk,
    @Doc("Ids of ticket fields whose values are topics, before the tags.") @Default("[]")
        List<String> topicFields,
    @Doc("Id of the ticket field \"Total time spent (sec)\" of the Time Tracking app.")
        Optional<String> timeField,
    @Doc("Tags that escalate a ticket when they are added.") @Default("[]")
        List<String> escalationTags,
    @Doc("Whether a higher priority is an escalation.") @Default("false") boolean priorityEscalates,
    @Doc(
            "The SLA metrics that promise a resolution; of a policy that has several targets, name"
                + " the one that counts.")
        @Default("[resolution_time, requester_wait_time, agent_work_time]")
        List<String> resolutionSla,
    @Doc("The part of Zendesk's rate limits that may be used.") @Default("50%") Share useAtMost,
    @Doc("How many tickets are read at a time.") @Default("1000") int ticketsPerPage,
    @Doc(
            "How many events are read at a time, with their comments; half of it after Zendesk"
                + " could not make a page in time.")
        @Default("1000")
        int eventsPerPage,
    @Doc("How late an event may turn up after the time it carries.") @Default("5m")
        Duration overlap,
    @Doc("For how long it is remembered who is an agent, and what groups are called.")
        @Default("1h")
        Duration rolesKept,
    @Doc("How long one answer may take.") @Default("60s") Duration timeout) {
  private static final int MOST_PER_PAGE = 1000;

  /** Where tokens are renewed. */
  private static final String TOKENS = "/oauth/tokens";

  private static final String SCOPE = "read";

  public ZendeskSettings {
    bots = List.copyOf(bots);
    formerStaff = List.copyOf(formerStaff);
    topicFields = List.copyOf(topicFields);
    escalationTags = List.copyOf(escalationTags);
    resolutionSla = List.copyOf(resolutionSla);
    if (subdomain.isPresent() == url.isPresent()) {
      throw new IllegalArgumentException(
          "found %s; allowed: one of subdomain and url"
              .formatted(url.isPresent() ? "both subdomain and url" : "neither subdomain nor url"));
    }
    if (subdomain.filter(it -> !it.matches("[A-Za-z0-9][A-Za-z0-9-]*")).isPresent()) {
      throw new IllegalArgumentException(
          "subdomain: found \"%s\"; allowed: SUBDOMAIN of https://SUBDOMAIN.zendesk.com alone"
              .formatted(subdomain.get()));
    }
    List<String> ways =
        Stream.of(
                apiToken.map(_ -> "api_token"),
                oauthToken.map(_ -> "oauth_token"),
                oauth.map(_ -> "oauth"))
            .flatMap(Optional::stream)
            .toList();
    if (ways.size() != 1) {
      throw new IllegalArgumentException(
          "found %s; allowed: one of api_token with email, oauth_token, and oauth"
              .formatted(
                  ways.isEmpty()
                      ? "none of api_token, oauth_token and oauth"
                      : String.join(" and ", ways)));
    }
    if (email.isPresent() != apiToken.isPresent()) {
      throw new IllegalArgumentException(
          email.isPresent()
              ? "email: found one beside %s; allowed: with api_token only"
                  .formatted(ways.getFirst())
              : "missing key \"email\": an API token is used as an administrator");
    }
    if (email.filter(it -> !it.matches("[^\\s:/@]+@[^\\s:/@]+")).isPresent()) {
      throw new IllegalArgumentException(
          "email: found no e-mail address; allowed: one, without \"/token\"");
    }
    for (String metric : resolutionSla) {
      if (!MetricRows.RESOLUTIONS.contains(metric)) {
        throw new IllegalArgumentException(
            "resolution_sla: found \"%s\"; allowed: %s"
                .formatted(metric, String.join(", ", MetricRows.RESOLUTIONS)));
      }
    }
    requirePage("tickets_per_page", ticketsPerPage);
    requirePage("events_per_page", eventsPerPage);
    requirePositive("overlap", overlap);
    requirePositive("roles_kept", rolesKept);
    requirePositive("timeout", timeout);
    url.ifPresent(it -> Address.parse("url", it));
  }

  Address address() {
    return url.map(it -> Address.parse("url", it))
        .orElseGet(
            () ->
                Address.parse("subdomain", "https://" + subdomain.orElseThrow() + ".zendesk.com"));
  }

  Authorization authorization(Manners manners, Budget budget, InstantSource clock) {
    if (oauth.isPresent()) {
      return oauth.get().authorization(TOKENS, SCOPE, address(), manners, budget, clock, timeout);
    }
    return oauthToken
        .map(Authorization::bearer)
        .orElseGet(
            () -> Authorization.basic(email.orElseThrow() + "/token", apiToken.orElseThrow()));
  }

  ZendeskManners manners() {
    return new ZendeskManners(
        address().host(),
        apiToken.isPresent()
            ? ZendeskManners.Login.API_TOKEN
            : oauth.isPresent() ? ZendeskManners.Login.GRANT : ZendeskManners.Login.ACCESS_TOKEN);
  }

  /** In seconds of the epoch. */
  long startTime() {
    return since.map(day -> day.atStartOfDay(ZoneOffset.UTC).toEpochSecond()).orElse(0L);
  }

  private static void requirePage(String key, int rows) {
    if (rows < 1 || rows > MOST_PER_PAGE) {
      throw new IllegalArgumentException(
          "%s: found %d; allowed: 1 to %d".formatted(key, rows, MOST_PER_PAGE));
    }
  }

  private static void requirePositive(String key, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "%s: found %s; allowed: more than nothing".formatted(key, duration));
    }
  }

  /** Without tokens and addresses of people. */
  @Override
  public String toString() {
    return "ZendeskSettings[" + address().host() + "]";
  }
}
