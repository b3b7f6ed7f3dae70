package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.config.Max;
import io.helpdeskexporter.config.Min;
import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.api.Address;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a source of kind {@code salesforce} is told. */
@Doc("Reads cases of Salesforce over its query API; see sources/salesforce.md.")
public record SalesforceSettings(
    @Doc(
            "My Domain: acme of https://acme.my.salesforce.com; of a sandbox such as"
                + " acme--test.sandbox. This, or url.")
        Optional<String> domain,
    @Doc("The address, where it is another one, such as that of a gateway before domain.")
        Optional<String> url,
    @Doc("The consumer key of the external client app or connected app.") String clientId,
    @Doc("Its consumer secret, for the client credentials flow. This, or jwt.")
        Optional<Secret> clientSecret,
    @Doc("For the JWT bearer flow.") Optional<Jwt> jwt,
    @Doc("The part of the day's API requests that may be used.") @Default("50%") Share useAtMost,
    @Doc("Leaves out what has not changed since this day (UTC).") @Default("1970-01-01")
        LocalDate since,
    @Doc(
            "Whether changes are read from the case history, which has to be tracked for status,"
                + " owner and priority. Without it, states are compared at each look.")
        @Default("true")
        boolean history,
    @Doc("Whether milestones of entitlement processes are the promises of cases.") @Default("true")
        boolean milestones,
    @Doc(
            "What milestones promise, by the names of their types: first_response, next_response,"
                + " resolution or other. What is not named here goes by what is in the name.")
        @Default("{}")
        Map<String, SlaMetric> milestoneTypes,
    @Doc(
            "Developer names of the record types of support's cases; all others count as internal."
                + " Empty: all cases count.")
        @Default("[]")
        Set<String> recordTypes,
    @Doc("The API name of a field of the case that holds the team, instead of the queue.")
        Optional<String> teamField,
    @Doc("API names of fields of the case whose values are topics, before type and reason.")
        @Default("[]")
        List<String> topicFields,
    @Doc("Origins of cases that staff opened towards the customer.") @Default("[]")
        Set<String> outboundOrigins,
    @Doc("Closed statuses that mean solved, so that the case may still be settled or reopened.")
        @Default("[]")
        Set<String> solvedStatuses,
    @Doc("Ids of users that are no people, such as bots.") @Default("[]") Set<String> bots,
    @Doc("Ids of users whose messages are automatic, such as the one of e-mail-to-case.")
        @Default("[]")
        Set<String> systemUsers,
    @Doc("Answers to a survey that are kept in fields of the case.") Optional<Csat> csat,
    @Doc("Accounts as customers.") Optional<Customers> customers,
    @Doc("Types of opportunities that count as deals. Empty: none is read.") @Default("[]")
        Set<String> dealTypes,
    @Doc("The time zone of the account, in which its days without a time begin.") @Default("UTC")
        ZoneId timeZone,
    @Doc("How late a row may be seen after the time it carries.")
        @Default("5m")
        @Min("1s")
        @Max("1h")
        Duration settlesAfter,
    @Doc("How much more is read again, should a row be seen even later.") @Default("10m") @Max("1d")
        Duration overlap,
    @Doc("How often milestones, accounts and opportunities are looked at.")
        @Default("5m")
        @Min("1m")
        Duration listsEvery,
    @Doc("How many rows are asked for at a time; half of it after a query that took too long.")
        @Default("2000")
        @Min("1")
        @Max("2000")
        int pageSize,
    @Doc("How long one answer may take.") @Default("120s") @Min("1s") Duration timeout) {
  private static final String FIELD = "[A-Za-z][A-Za-z0-9_]{0,79}(\\.[A-Za-z][A-Za-z0-9_]{0,79})*";
  private static final String ID = "[A-Za-z0-9]{15}([A-Za-z0-9]{3})?";
  private static final String HOST = ".my.salesforce.com";

  public SalesforceSettings {
    milestoneTypes = Map.copyOf(milestoneTypes);
    recordTypes = Set.copyOf(recordTypes);
    topicFields = List.copyOf(topicFields);
    outboundOrigins = Set.copyOf(outboundOrigins);
    solvedStatuses = Set.copyOf(solvedStatuses);
    bots = ids("bots", bots);
    systemUsers = ids("system_users", systemUsers);
    dealTypes = Set.copyOf(dealTypes);
    if (domain.isEmpty() && url.isEmpty()) {
      throw new IllegalArgumentException("found neither domain nor url; allowed: one of them");
    }
    if (domain.filter(it -> !it.matches("[A-Za-z0-9][A-Za-z0-9.-]*")).isPresent()
        || domain.filter(it -> it.contains("salesforce.com")).isPresent()) {
      throw new IllegalArgumentException(
          "domain: found \"%s\"; allowed: acme of https://acme%s alone"
              .formatted(domain.get(), HOST));
    }
    if (clientSecret.isPresent() == jwt.isPresent()) {
      throw new IllegalArgumentException(
          "found %s; allowed: one of them"
              .formatted(
                  jwt.isPresent()
                      ? "both client_secret and jwt"
                      : "neither client_secret nor jwt"));
    }
    teamField.ifPresent(field -> requireField("team_field", field));
    topicFields.forEach(field -> requireField("topic_fields", field));
    url.ifPresent(it -> Address.parse("url", it));
  }

  /** Who logs in by a signature. */
  public record Jwt(
      @Doc("The user name of the user that the app acts for.") String user,
      @Doc(
              "The key that belongs to the certificate of the app: RSA, PKCS#8, PEM, such as"
                  + " ${file:/run/secrets/salesforce.key}.")
          Secret privateKey,
      @Doc("The audience; of a sandbox https://test.salesforce.com.")
          @Default("https://login.salesforce.com")
          String audience) {
    public Jwt {
      Assertion.key(privateKey);
    }

    /** Without the key. */
    @Override
    public String toString() {
      return "Jwt[" + audience + "]";
    }
  }

  /** Where a customer's answer is. */
  public record Csat(
      @Doc("The API name of the field of the case that holds the score.") String field,
      @Doc("The API name of the field that holds when it was given: a date or a time.") String at,
      @Doc("The scale: 1-5, 0-5, binary, 1-3 or 1-4.") @Default("1-5") String scale) {
    public Csat {
      requireField("field", field);
      requireField("at", at);
      if (Scale.named(scale).filter(it -> Survey.CSAT.scales().contains(it)).isEmpty()) {
        throw new IllegalArgumentException(
            "scale: found \"%s\"; allowed: 1-5, 0-5, binary, 1-3, 1-4".formatted(scale));
      }
    }

    Scale points() {
      return Scale.named(scale).orElseThrow();
    }
  }

  /** Which fields of an account say that it is a customer. */
  public record Customers(
      @Doc("The API name of the field that holds since when it is a customer: a date or a time.")
          String since,
      @Doc("The API name of the field that holds since when it is none any more.")
          Optional<String> lost,
      @Doc("The API name of the field that holds what it pays a month.") Optional<String> monthly) {
    public Customers {
      requireField("since", since);
      lost.ifPresent(field -> requireField("lost", field));
      monthly.ifPresent(field -> requireField("monthly", field));
    }
  }

  Address address() {
    return Address.parse(
        url.isPresent() ? "url" : "domain",
        url.orElseGet(() -> "https://" + domain.orElseThrow() + HOST));
  }

  /** The host that access tokens have to be for: the one before which a gateway may stand. */
  String instanceHost() {
    return Login.host(domain.map(it -> "https://" + it + HOST).orElseGet(url::orElseThrow));
  }

  List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>();
    clientSecret.ifPresent(secrets::add);
    jwt.ifPresent(it -> secrets.add(it.privateKey()));
    return secrets;
  }

  Instant start() {
    return since.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static void requireField(String key, String field) {
    if (!field.matches(FIELD)) {
      throw new IllegalArgumentException(
          "%s: found \"%s\"; allowed: the API name of a field, such as Team__c"
              .formatted(key, field));
    }
  }

  private static Set<String> ids(String key, Set<String> ids) {
    for (String id : ids) {
      if (!id.matches(ID)) {
        throw new IllegalArgumentException(
            "%s: found \"%s\"; allowed: ids of 15 or 18 characters, such as 0051G00000600MlQAI"
                .formatted(key, id));
      }
    }
    return Set.copyOf(ids.stream().map(Ids::whole).toList());
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "SalesforceSettings[" + address().host() + "]";
  }
}
