package io.helpdeskexporter.explain;

import static io.helpdeskexporter.explain.Explained.explained;
import static io.helpdeskexporter.explain.Explained.explainer;
import static io.helpdeskexporter.explain.Explained.kpi;
import static io.helpdeskexporter.explain.Explained.policies;
import static io.helpdeskexporter.explain.Explained.promising;
import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaTarget;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.ServiceHours;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.SlaTurn;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.explain.Part.Status;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.FirstContactProfile;
import io.helpdeskexporter.facts.Definitions.FirstContactRule;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.Story;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.FedSeries;
import io.helpdeskexporter.kpi.Kpi;
import io.helpdeskexporter.kpi.LabelBudget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final Policies PLAIN = policies(BusinessClock.alwaysOpen());

  private static List<String> why(Story story, String asOf, String kpi) {
    return kpi(explained(story.timeline(), PLAIN, at(asOf)), kpi).leftOut();
  }

  private static List<String> why(Story story, Definitions definitions, String asOf, String kpi) {
    Policies policies = policies(definitions, BusinessClock.alwaysOpen());
    return kpi(explained(story.timeline(), policies, at(asOf)), kpi).leftOut();
  }

  @Test
  void whatIsNotCountedSaysWhy() {
    Story open = created("Mon 09:00");
    assertThat(why(open, "Mon 12:00", "first_response"))
        .containsExactly(
            "nobody has replied yet; the customer waits since 2026-03-02 09:00:00 UTC");
    assertThat(why(open, "Mon 12:00", "resolution")).containsExactly("not solved yet");

    Story solved = created("Mon 09:00").reply("Mon 09:30").solved("Mon 10:00");
    assertThat(why(solved, "Mon 12:00", "resolution"))
        .containsExactly("awaits settlement until 2026-03-06 10:00:00 UTC");
    assertThat(why(solved, "Sat 12:00", "first_contact_resolution"))
        .containsExactly(
            "awaits the end of the time for a repeat contact until 2026-03-09 10:00:00 UTC");

    Story reopened =
        created("Mon 09:00").reply("Mon 09:30").solved("Mon 10:00").reopened("Tue 10:00");
    assertThat(why(reopened, "Wed 00:00", "resolution"))
        .containsExactly("reopened at 2026-03-03 10:00:00 UTC and not solved again");

    assertThat(why(reopened, "Wed 00:00", "resolution_rate"))
        .containsExactly("not among the solved tickets of its period: it is unsolved again");

    Story byBot = created("Mon 09:00").bot("Mon 09:01").status("Mon 09:02", "solved", Actor.BOT);
    assertThat(why(byBot, "Mon 12:00", "first_resolution"))
        .containsExactly("solved by a bot alone, which counts as deflection");

    Story spam = created("Mon 09:00").excluded("Mon 09:10", Exclusion.SPAM);
    assertThat(why(spam, "Mon 12:00", "first_response"))
        .containsExactly("excluded as spam at 2026-03-02 09:10:00 UTC");

    Story outbound = created("Mon 09:00").with(it -> it.openedBy(Actor.AGENT));
    assertThat(why(outbound, "Mon 12:00", "first_response"))
        .containsExactly("agent-created without a customer message that waits for a reply");

    Story twice = created("Mon 09:00").reply("Mon 09:30").reply("Mon 09:40").solved("Mon 10:00");
    assertThat(why(twice, "Wed+1 00:00", "first_contact_resolution"))
        .containsExactly(
            "eligible, but not resolved at first contact: more agent replies than one");
  }

  @Test
  void whatANetRateLeavesOutSaysSo() {
    Definitions net =
        Definitions.DEFAULT
            .but()
            .firstContact(
                new FirstContactRule(
                    FirstContactProfile.DEFAULT, Duration.ofMinutes(15), Set.of("Hardware"), false))
            .build();
    Story story =
        created("Mon 09:00")
            .with(it -> it.topics(List.of("hardware")))
            .reply("Mon 09:30")
            .solved("Mon 10:00");

    assertThat(why(story, net, "Wed+1 00:00", "first_contact_resolution"))
        .containsExactly("not eligible: tickets about hardware are left out for a net rate");
  }

  @Test
  void turnsOfTheSourcesClocksAreTold() {
    Story story = created("Mon 09:00");
    story
        .event(new TicketEvent.ServiceHoursSet(story.stamp("Mon 09:00"), Optional.empty()))
        .event(turned(story.stamp("Mon 09:10"), new SlaTurn.Runs()))
        .event(
            turned(
                story.stamp("Mon 09:20"),
                new SlaTurn.Promises(Duration.ofHours(2), Optional.of(ServiceHours.ALWAYS))))
        .event(turned(story.stamp("Mon 09:30"), new SlaTurn.StandsStill()));

    assertThat(
            explained(story.timeline(), policies(BusinessClock.alwaysOpen()), at("Mon 10:00"))
                .timeline())
        .extracting(moment -> moment.what() + moment.to().map(to -> ": " + to).orElse(""))
        .contains(
            "the source's hours for it set: unknown",
            "the source's clock wait of resolution runs",
            "the source's clock wait of resolution has a target: 2 h",
            "the source's clock wait of resolution stands still");
  }

  private static TicketEvent turned(Stamp stamp, SlaTurn turn) {
    return new TicketEvent.SlaClockTurned(stamp, SlaMetric.RESOLUTION, "wait", turn);
  }

  @Test
  void importedHistoryIsInGaugesAlone() {
    Definitions imported =
        Definitions.DEFAULT.but().importCutoff(Optional.of(at("Tue 00:00"))).build();
    Explanation explanation =
        explained(
            created("Mon 09:00").timeline(),
            policies(imported, BusinessClock.alwaysOpen()),
            at("Wed 00:00"));

    assertThat(kpi(explanation, "volume").leftOut())
        .containsExactly(
            "created before import_cutoff (2026-03-03 00:00:00 UTC): imported history feeds gauges"
                + " only");
    assertThat(kpi(explanation, "backlog").status()).isEqualTo(Status.COUNTS_NOW);
  }

  @Test
  void whatCountsOnlyLaterSaysWhen() {
    Policies promised =
        policies(
            BusinessClock.alwaysOpen(),
            promising(
                BusinessClock.alwaysOpen(),
                SlaMetric.FIRST_RESPONSE,
                SlaTarget.within(Duration.ofHours(10))));
    Part sla = kpi(explained(created("Mon 09:00").timeline(), promised, at("Mon 12:00")), "sla");

    assertThat(sla.status()).isEqualTo(Status.COUNTS_NOW);
    assertThat(sla.standings())
        .extracting(it -> it.now() + " " + it.what() + " " + it.from())
        .containsExactly(
            "true sla active (first_response) 2026-03-02T09:00:00Z",
            "false sla at risk (first_response) 2026-03-02T17:00:00Z",
            "false sla in breach (first_response) 2026-03-02T19:00:00Z");
    assertThat(sla.standings().get(1).gauges())
        .extracting(FedSeries::series)
        .containsExactly(
            "helpdesk_sla_tickets_at_risk{priority=\"normal\",sla_metric=\"first_response\","
                + "source=\"acme\",team=\"Support\"}");
    assertThat(sla.leftOut())
        .containsExactly(
            "promise first_response 1 is open; it counts at the latest at 2026-03-02 19:00:00 UTC");
  }

  @Test
  void whatIsCorrectedIsToldAsItWasCountedAndAsItIsHeldNow() {
    Story late = created("Mon 09:00").reply("Mon 10:00");
    Story corrected = created("Mon 09:00").reply("Mon 09:30").reply("Mon 10:00");
    Explainer explainer = explainer(PLAIN, at("Mon 12:00"));
    Derivation.Derived before =
        Catalogue.of(PLAIN.definitions())
            .derivation(PLAIN)
            .derive(late.timeline(), at("Mon 12:00"));
    Derivation.Derived now =
        Catalogue.of(PLAIN.definitions())
            .derivation(PLAIN)
            .derive(corrected.timeline(), at("Mon 12:00"));
    Counted counted =
        new Counted(
            before.observations().stream()
                .map(
                    it ->
                        new Counted.Entry(
                            it,
                            now.observations().stream()
                                .filter(other -> other.measure().equals(it.measure()))
                                .findFirst()))
                .toList(),
            now.contributions(),
            Optional.of(at("Mon 12:00")),
            false);

    Part.Entry entry =
        kpi(explainer.explain(corrected.timeline(), counted), "first_response")
            .entries()
            .getFirst();
    assertThat(entry.what()).isEqualTo("first response: 1 h");
    assertThat(entry.note())
        .startsWith("the counters keep it as it was counted")
        .contains("first response: 30 min, dated 2026-03-02 09:30:00 UTC");
    assertThat(entry.windows().getFirst().amount()).isEqualByComparingTo("1800");
    assertThat(entry.ever().getFirst().amount()).isEqualByComparingTo("3600");
  }

  @Test
  void whatIsReadAndNotCountedYetIsSaid() {
    Counted nothing = new Counted(List.of(), List.of(), Optional.empty(), true);
    Explanation explanation =
        explainer(PLAIN, at("Mon 12:00"))
            .explain(created("Mon 09:00").reply("Mon 10:00").timeline(), nothing);

    assertThat(kpi(explanation, "first_response").leftOut())
        .contains(
            "first response: 1 h, dated 2026-03-02 10:00:00 UTC, is read and not counted yet");
    assertThat(explanation.notes()).anyMatch(it -> it.contains("not counted yet"));
  }

  @Test
  void ofSingleAgentsNothingIsToldButThatTheyCount() {
    Story story =
        created("Mon 09:00")
            .assigned("Mon 09:10", Optional.empty(), "kim@desk.test")
            .reply("Mon 09:20")
            .solved("Mon 10:00");
    Explanation explanation =
        new Explainer(
                "acme",
                Catalogue.of(PLAIN.definitions(), true),
                PLAIN,
                "default",
                Explained.REPORTING,
                new LabelBudget(Map.of()),
                at("Mon 12:00"))
            .explain(story.timeline());

    assertThat(kpi(explanation, "agent_outcomes").status()).isEqualTo(Status.COUNTED);
    assertThat(explanation.toString()).doesNotContain("kim");
  }

  @Test
  void everyChoiceThatAKpiNamesIsOneOfTheConfiguration() {
    Choices choices = new Choices(Definitions.DEFAULT, "default");
    for (Kpi kpi : Catalogue.of(Definitions.DEFAULT).kpis()) {
      assertThat(choices.of(kpi))
          .as(kpi.spec().id())
          .hasSize(kpi.choices().isEmpty() ? 0 : 1 + kpi.choices().size());
    }
  }

  @Test
  void lengthsOfTimeAreToldWhole() {
    assertThat(Spans.text(0)).isEqualTo("0 s");
    assertThat(Spans.text(1_250)).isEqualTo("1.25 s");
    assertThat(Spans.text(90_061_000)).isEqualTo("1 d 1 h 1 min 1 s");
    assertThat(Spans.text(-60_000)).isEqualTo("-1 min");
    assertThat(Spans.text(100)).isEqualTo("0.1 s");
  }
}
