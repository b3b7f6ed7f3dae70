package io.helpdeskexporter.config;

import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.AgeFrom;
import io.helpdeskexporter.facts.Definitions.Deflection;
import io.helpdeskexporter.facts.Definitions.EffortScale;
import io.helpdeskexporter.facts.Definitions.FirstContactProfile;
import io.helpdeskexporter.facts.Definitions.FirstContactRule;
import io.helpdeskexporter.facts.Definitions.FirstResponseStart;
import io.helpdeskexporter.facts.Definitions.HandleProxy;
import io.helpdeskexporter.facts.Definitions.Influence;
import io.helpdeskexporter.facts.Definitions.Neutral;
import io.helpdeskexporter.facts.Definitions.RepeatBy;
import io.helpdeskexporter.facts.Definitions.ResolutionEnd;
import io.helpdeskexporter.facts.Definitions.Surveys;
import io.helpdeskexporter.facts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The definition in force wherever helpdesk vendors disagree. */
public record KpiConfig(
    @Doc(
            "Whose definitions hold where a key below is left out: ours, or those of the vendor"
                + " whose numbers are to be matched. The table below shows what each chooses.")
        @Default("default")
        Profile profile,
    @Doc("What counts as a reply.") Reply reply,
    @Doc("First response time.") Frt frt,
    @Doc("Resolution time.") Resolution resolution,
    @Doc("Average handle time.") Aht aht,
    @Doc("How long a ticket must stay solved to count as settled.") @Default("4d")
        Duration settleAfter,
    @Doc("How soon after a solve another ticket is a repeat contact.") @Default("7d")
        Duration repeatWindow,
    @Doc("Whose other ticket is a repeat contact.") @Default("requester") RepeatBy repeatBy,
    @Doc("First contact resolution.") Fcr fcr,
    @Doc("Unsolved tickets by age.") Backlog backlog,
    @Doc(
            "The tier of each team: a handover to a higher one is an escalation, and first level"
                + " means the lowest. Without it there is neither.")
        @Default("{}")
        @Min("1")
        Map<String, Integer> tiers,
    @Doc("Customer satisfaction.") Csat csat,
    @Doc("Customer effort.") Ces ces,
    @Doc("Talks with bots.") Bots deflection,
    @Doc(
            "The topic that a tag, category or field of a ticket means, by the helpdesk's words;"
                + " the first word of a ticket that is here decides, and a ticket without any of"
                + " them is other. feature_request is reserved for what customers miss in the"
                + " product. Without this map the first word itself is the topic.")
        @Default("{}")
        @Matching(value = "\\S(.*\\S)?", allowed = "a name without blanks around it, such as login")
        Map<String, String> topics,
    @Doc("Deals that support helped to make.") Upsell upsell,
    @Doc(
            "What support costs each month, everything included; it accrues hour by hour in"
                + " reporting.zone. Costs that vary are better fed by the stream"
                + " [cost](feeding.md).")
        @Default("[]")
        List<CostConfig> costs,
    @Doc("What all amounts of money are in, by its code of ISO 4217. Left out: it is not told.")
        @Matching(value = "[A-Z]{3}", allowed = "three capital letters, such as EUR")
        Optional<String> currency) {
  public KpiConfig {
    costs = List.copyOf(costs);
    tiers = Ordered.copyOf(tiers);
    topics = Ordered.copyOf(topics);
    SourceConfig.requireDistinctWords("topics", topics.keySet());
  }

  /** What the facts of one source are derived by. */
  public Definitions definitions(Optional<Instant> importCutoff) {
    return new Definitions(
        reply.publicNoteCounts().orElse(profile.publicNoteCounts),
        frt.countBot().orElse(false),
        frt.start().orElse(profile.start),
        resolution.pauseOn(),
        resolution.end(),
        settleAfter,
        repeatWindow,
        repeatBy,
        new FirstContactRule(
            fcr.profile().orElse(profile.firstContact).means,
            fcr.within(),
            fcr.netExcludeTopics(),
            fcr.ignoreThanks()),
        backlog.ageFrom(),
        tiers,
        importCutoff,
        new Surveys(csat.neutral(), ces.threshold(), ces.scale()),
        new Topics(topics),
        aht.proxy(),
        aht.agentCreated() == AgentCreated.INCLUDE,
        deflection.mode(),
        new Influence(upsell.topics()));
  }

  /** Whose numbers are to be matched: the choices that a vendor is known to make. */
  public enum Profile {
    DEFAULT(true, FirstResponseStart.HANDOFF, FcrProfile.DEFAULT),
    ZENDESK(true, FirstResponseStart.CREATION, FcrProfile.ONE_TOUCH),
    FRESHDESK(true, FirstResponseStart.ASSIGNMENT, FcrProfile.DEFAULT),
    FRESHSERVICE(true, FirstResponseStart.CREATION, FcrProfile.NO_FOLLOWUP),
    INTERCOM(true, FirstResponseStart.HANDOFF, FcrProfile.ONE_TEAMMATE),
    ZAMMAD(false, FirstResponseStart.CREATION, FcrProfile.WITHIN_MINUTES);

    private final boolean publicNoteCounts;
    private final FirstResponseStart start;
    private final FcrProfile firstContact;

    /** What each chooses, as a Markdown table whose columns are the keys that override it. */
    static String table() {
      StringBuilder table =
          new StringBuilder(
              """
              | `profile` | `reply.public_note_counts` | `frt.start` | `fcr.profile` |
              | --- | --- | --- | --- |
              """);
      for (Profile profile : values()) {
        table.append(
            "| %s | %s | %s | %s |\n"
                .formatted(
                    word(profile),
                    profile.publicNoteCounts,
                    word(profile.start),
                    word(profile.firstContact)));
      }
      return table.toString();
    }

    private static String word(Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    }

    Profile(boolean publicNoteCounts, FirstResponseStart start, FcrProfile firstContact) {
      this.publicNoteCounts = publicNoteCounts;
      this.start = start;
      this.firstContact = firstContact;
    }
  }

  /** Replies. */
  public record Reply(
      @Doc("Whether a public note is a reply. Left out: as the profile has it.")
          Optional<Boolean> publicNoteCounts) {}

  /** First response time. */
  public record Frt(
      @Doc(
              "When its clock starts: at the handoff from a bot to a human (creation where there"
                  + " was no bot), at creation, or at the first assignment. Left out: as the"
                  + " profile has it.")
          Optional<FirstResponseStart> start,
      @Doc("Whether a bot's message stops it. Left out: no.") Optional<Boolean> countBot) {}

  /** Resolution time. */
  public record Resolution(
      @Doc(
              "Statuses in which its clock stands still. [pending, on_hold, solved, closed] leaves"
                  + " the agents' work time: new and open alone, without the time that a ticket was"
                  + " solved before it was reopened.")
          @Default("[]")
          Set<Status> pauseOn,
      @Doc("What ends a full resolution: the last solve, or the last agent reply before it.")
          @Default("last_solve")
          ResolutionEnd end) {
    public Resolution {
      pauseOn = Ordered.copyOf(pauseOn);
    }
  }

  /** Average handle time. */
  public record Aht(
      @Doc(
              "What stands for the working time of tickets on which none is recorded: none, or"
                  + " open_assigned, the time that a ticket was new or open while an agent was"
                  + " assigned. It is shown as an estimate, apart from what is recorded.")
          @Default("none")
          HandleProxy proxy,
      @Doc(
              "What becomes of tickets that staff opened: include counts the working time on them,"
                  + " exclude leaves them out.")
          @Default("include")
          AgentCreated agentCreated) {}

  /** What becomes of tickets that staff opened. */
  public enum AgentCreated {
    INCLUDE,
    EXCLUDE
  }

  /** First contact resolution. */
  public record Fcr(
      @Doc(
              "default: one agent reply, no reopen, no repeat contact, no escalation. one_touch:"
                  + " fewer than two agent replies. no_followup: no further message of the"
                  + " customer's. one_teammate: solved once, by one agent. within_minutes: solved"
                  + " within the time given. survey: the customer says so, in answer to a survey of"
                  + " the kind fcr; eligible is who answered. Left out: as the profile has it.")
          Optional<FcrProfile> profile,
      @Doc("The time of the profile within_minutes, on the business clock.")
          @Default("15m")
          @Min("1s")
          Duration within,
      @Doc(
              "The topics of tickets, as the metrics show them, that nobody at first level could"
                  + " have resolved: they are left out, which makes the rate a net one.")
          @Default("[]")
          @Matching(
              value = "\\S(.*\\S)?",
              allowed = "a name without blanks around it, such as login")
          Set<String> netExcludeTopics,
      @Doc(
              "Whether a customer's message of nothing but thanks after the solve, and the"
                  + " reopening that it causes, are let pass: told by the column thanks of events,"
                  + " or judged where their text is named.")
          @Default("false")
          boolean ignoreThanks) {
    public Fcr {
      netExcludeTopics = Ordered.copyOf(netExcludeTopics);
    }
  }

  /** What first contact resolution means. */
  public enum FcrProfile {
    DEFAULT(FirstContactProfile.DEFAULT),
    ONE_TOUCH(FirstContactProfile.ONE_TOUCH),
    NO_FOLLOWUP(FirstContactProfile.NO_FOLLOWUP),
    ONE_TEAMMATE(FirstContactProfile.ONE_TEAMMATE),
    WITHIN_MINUTES(FirstContactProfile.WITHIN),
    SURVEY(FirstContactProfile.SURVEY);

    private final FirstContactProfile means;

    FcrProfile(FirstContactProfile means) {
      this.means = means;
    }
  }

  /** Deals that support helped to make. */
  public record Upsell(
      @Doc(
              "The topics of tickets after which a deal counts as influenced, as the metrics show"
                  + " them. Without any, all tickets may lead to a deal.")
          @Default("[]")
          @Matching(
              value = "\\S(.*\\S)?",
              allowed = "a name without blanks around it, such as login")
          Set<String> topics) {
    public Upsell {
      topics = Ordered.copyOf(topics);
    }
  }

  /** Unsolved tickets. */
  public record Backlog(@Doc("Since when a ticket is old.") @Default("creation") AgeFrom ageFrom) {}

  /** Customer satisfaction. */
  public record Csat(
      @Doc(
              "What becomes of answers in the middle of the scale, neither positive nor negative:"
                  + " include counts them as answers, exclude leaves them out altogether.")
          @Default("include")
          Neutral neutral) {}

  /** Talks with bots. */
  public record Bots(
      @Doc(
              "When a bot resolved what a customer wanted. resolution: the customer said so; or"
                  + " left, nobody took over, and the customer opened no ticket within 72 hours."
                  + " containment: nobody took over. session_no_ticket_24h: nobody took over and"
                  + " the customer opened no ticket within 24 hours. Of what a bot solved on a"
                  + " ticket, no ticket later than repeat_window is looked at.")
          @Default("resolution")
          Deflection mode) {}

  /** Customer effort. */
  public record Ces(
      @Doc("The least score of seven that counts as easy.") @Default("5") @Min("5") @Max("6")
          int threshold,
      @Doc(
              "The scale of answers that do not say theirs: v2, seven points of which the highest"
                  + " is the best; or v1_reversed, the old five points of which the lowest is the"
                  + " best.")
          @Default("v2")
          EffortScale scale) {}
}
