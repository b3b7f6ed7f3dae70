package io.helpdeskexporter.source.typeform;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedGrant;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.YearContract;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.typeform.SimulatedTypeform.Response;
import io.helpdeskexporter.source.typeform.TypeformSettings.Form;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class TypeformYearTest extends YearContract {
  private static final Form CSAT = form("Csat1", "csat", Survey.CSAT);
  private static final Form NPS = Form.of("Nps1");
  private static final Form CES = form("Ces1", "ces", Survey.CES);
  private static final Form FCR = form("Fcr1", "fcr", Survey.FCR);

  private static Form form(String id, String ref, Survey survey) {
    return new Form(id, Optional.empty(), Map.of(ref, Question.of(survey)));
  }

  /** One for each week, and more for those that ended while pages were turned. */
  private static final int FEWEST_RENEWALS = 100;

  @TempDir private Path folder;

  @Override
  protected String name() {
    return "typeform";
  }

  @Override
  protected Vendor openVendor(SimulatedTime time) {
    return new Forms(time);
  }

  /** A look costs a call for each form. */
  @Override
  protected int looks() {
    return 500;
  }

  /** Of half as many: a page of answers and the questions, for each of four forms. */
  @Override
  protected int mostCallsPerThousandChangedTickets() {
    return 16;
  }

  private final class Forms implements Vendor {
    private final SimulatedTypeform typeform;

    Forms(SimulatedTime time) {
      typeform = new SimulatedTypeform(time);
      typeform.form(CSAT.id(), List.of(SimulatedTypeform.rating("cs1", "csat", 5)));
      typeform.form(NPS.id(), List.of(SimulatedTypeform.field("np1", "nps", "nps", Map.of())));
      typeform.form(
          CES.id(),
          List.of(
              SimulatedTypeform.field(
                  "ce1", "ces", "opinion_scale", Map.of("steps", 7, "start_at_one", true))));
      typeform.form(FCR.id(), List.of(SimulatedTypeform.field("fc1", "fcr", "yes_no", Map.of())));
    }

    @Override
    public void beRough() {
      typeform.permit(folder.resolve("typeform.json"));
    }

    @Override
    public void play(Act act) {
      if (act.ticket() % 5 == 0) {
        typeform.grant.ifPresent(SimulatedGrant::endEarly);
      }
      switch (act) {
        case Act.Rated it -> number(CSAT, it, "cs1", "csat", "rating", it.good() ? 5 : 1);
        case Act.StatusSet it when it.to() == Status.SOLVED ->
            number(NPS, it, "np1", "nps", "nps", it.ticket() % 11);
        case Act.StatusSet it when it.to() == Status.CLOSED ->
            number(CES, it, "ce1", "ces", "opinion_scale", 1 + it.ticket() % 7);
        case Act.Assigned it when it.agent().isPresent() ->
            respond(
                FCR,
                it,
                "completed",
                Map.of(
                    "field",
                    Map.of("id", "fc1", "ref", "fcr", "type", "yes_no"),
                    "type",
                    "boolean",
                    "boolean",
                    it.ticket() % 3 == 0));
        case Act.Noted it -> respond(CSAT, it, "started", Map.of());
        default -> {
          // Nobody is asked.
        }
      }
    }

    private void number(Form form, Act act, String id, String ref, String type, int number) {
      respond(form, act, "completed", SimulatedTypeform.answered(id, ref, type, number));
    }

    /** Shown up to half an hour after it was given. */
    private void respond(Form form, Act act, String type, Map<String, Object> answer) {
      Instant at = act.at();
      String token = form.id() + "-" + act.ticket() + "-" + at.getEpochSecond();
      Duration delay = Duration.ofSeconds(Math.floorMod(token.hashCode(), 1_800));
      typeform.respond(
          form.id(),
          new Response(
              token,
              at,
              at.plus(delay),
              type,
              Map.of("ticket_id", "" + act.ticket(), "team", "T" + act.ticket() % 3),
              answer.isEmpty() ? List.of() : List.of(answer),
              Map.of()));
    }

    @Override
    public SimulatedApi api() {
      return typeform;
    }

    @Override
    public Source open() {
      return typeform.source(3, CSAT, NPS, CES, FCR);
    }

    @Override
    public Source openAsUsual() {
      return typeform.source(1_000, CSAT, NPS, CES, FCR);
    }

    @Override
    public void close() {
      typeform.grant.ifPresent(it -> assertThat(it.renewals()).isGreaterThan(FEWEST_RENEWALS));
      typeform.close();
    }
  }
}
