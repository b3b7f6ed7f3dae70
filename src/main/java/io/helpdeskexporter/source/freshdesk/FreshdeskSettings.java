package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.config.Max;
import io.helpdeskexporter.config.Min;
import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.api.Address;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a source of kind {@code freshdesk} is told. */
@Doc("Reads Freshdesk over its API; see sources/freshdesk.md.")
public record FreshdeskSettings(
    @Doc("The account: acme of acme.freshdesk.com. This or url.") Optional<String> domain,
    @Doc("The address, where it is another one, such as that of a gateway.") Optional<String> url,
    @Doc("The API key of an agent who sees all tickets.") Secret apiKey,
    @Doc("How much of each rate limit may be used; the rest is for people and other programs.")
        @Default("50%")
        Share useAtMost,
    @Doc("Tickets that did not change since are not read.") @Default("1970-01-01") LocalDate since,
    @Doc(
            "Whether what was said is read: a call for each ticket that was answered. Without it,"
                + " Freshdesk's own time of the first reply is used, and next responses are not"
                + " known.")
        @Default("true")
        boolean conversations,
    @Doc("Ids of agents that are no people.") @Default("[]") Set<String> bots,
    @Doc("Whether the agents' switch of availability counts as presence.") @Default("false")
        boolean availability,
    @Doc(
            "Reads the daily export of activities, and says from which hosts its files may be"
                + " fetched, such as [amazonaws.com] for it and all below it. They get no"
                + " credentials. Empty: the export is not read.")
        @Default("[]")
        List<String> activityHosts,
    @Doc("How often ratings, deleted tickets, spam, time and availability are looked at.")
        @Default("15m")
        @Min("1m")
        Duration listsEvery,
    @Doc(
            "How long recorded time has to be left alone before it counts: what is corrected later"
                + " is not taken in.")
        @Default("1h")
        @Max("1d")
        Duration timeSettlesAfter,
    @Doc("How many rows are asked for at a time.") @Default("100") @Min("1") @Max("100")
        int pageSize,
    @Doc("How long one answer may take.") @Default("30s") @Min("1s") Duration timeout) {
  private static final String HOST = "[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9-]+)*";

  public FreshdeskSettings {
    bots = Set.copyOf(bots);
    activityHosts = List.copyOf(activityHosts);
    if (domain.isPresent() == url.isPresent()) {
      throw new IllegalArgumentException(
          "found %s; allowed: domain or url".formatted(domain.isPresent() ? "both" : "neither"));
    }
    if (domain.isPresent() && !domain.get().matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")) {
      throw new IllegalArgumentException(
          "domain: found \"%s\"; allowed: acme of https://acme.freshdesk.com"
              .formatted(domain.get()));
    }
    for (String host : new TreeSet<>(activityHosts)) {
      if (!host.matches(HOST)) {
        throw new IllegalArgumentException(
            ("activity_hosts: found \"%s\"; allowed: the name of a host in lower case, such as"
                    + " amazonaws.com")
                .formatted(host));
      }
    }
    url.ifPresent(it -> Address.parse("url", it));
  }

  Address address() {
    return Address.parse(
        "url", url.orElseGet(() -> "https://" + domain.orElseThrow() + ".freshdesk.com"));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "FreshdeskSettings[" + address().host() + "]";
  }
}
