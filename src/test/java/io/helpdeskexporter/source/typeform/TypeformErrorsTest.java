package io.helpdeskexporter.source.typeform;

import static io.helpdeskexporter.source.typeform.SimulatedTypeform.answered;
import static io.helpdeskexporter.source.typeform.SimulatedTypeform.field;
import static io.helpdeskexporter.source.typeform.SimulatedTypeform.rating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Fault;
import io.helpdeskexporter.source.api.OAuth;
import io.helpdeskexporter.source.api.SimulatedGrant;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.survey.Question;
import io.helpdeskexporter.source.typeform.TypeformSettings.Form;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator is told. */
class TypeformErrorsTest {
  private static final Instant NINE = Instant.parse("2025-03-03T09:00:00Z");

  @TempDir private Path folder;
  private final SimulatedTime time = new SimulatedTime(NINE);
  private final SimulatedTypeform typeform = new SimulatedTypeform(time);

  @AfterEach
  void close() {
    typeform.close();
  }

  private SourceException inspecting(String token, Form... forms) throws Exception {
    try (Source source =
        new TypeformSource(
            SimulatedTypeform.settings(typeform.url(), token, 10, forms), time, time)) {
      return catchThrowableOfType(SourceException.class, source::inspect);
    }
  }

  @Test
  void aWrongTokenIsSaidToBeOneWithoutBeingShown() throws Exception {
    typeform.form("F1", List.of());

    assertThat(inspecting("tfp_wrong", Form.of("F1")))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("refuses the token (401 AUTHENTICATION_FAILED)")
        .hasMessageContaining("is url the data centre of its account?")
        .hasMessageNotContainingAny("tfp_wrong", "what a customer wrote");
  }

  private SourceException inspectingPermitted() throws Exception {
    typeform.form("F1", List.of());
    try (Source source = typeform.source(10, Form.of("F1"))) {
      SourceException error = catchThrowableOfType(SourceException.class, source::inspect);
      assertThat(error)
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageNotContaining(SimulatedGrant.SECRET);
      return error;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void tokensOfAnApplicationAreRenewedAndDoAsWell(int ended) throws Exception {
    typeform.form("F1", List.of());
    typeform.refusedWith = ended;
    SimulatedGrant grant = typeform.permit(folder.resolve("typeform.json"));
    grant.end();
    try (Source source = typeform.source(10, Form.of("F1"))) {
      assertThat(source.inspect().notes()).hasSize(1);
    }
    assertThat(grant.renewals()).isEqualTo(1);
    assertThat(typeform.unexpected()).isEmpty();
  }

  @Test
  void aPermissionThatWasRevokedIsToldWithWhoHasToGiveItAgain() throws Exception {
    typeform.permit(folder.resolve("typeform.json")).revoke();

    assertThat(inspectingPermitted())
        .hasMessageContaining("Typeform at 127.0.0.1")
        .hasMessageContaining("(invalid_grant)")
        .hasMessageContaining("a person has to permit the access again")
        .hasMessageContaining("docs/sources/typeform.md");
  }

  @Test
  void aWrongApplicationIsTold() throws Exception {
    SimulatedGrant grant = typeform.permit(folder.resolve("typeform.json"));
    grant.forget();
    grant.end();

    assertThat(inspectingPermitted())
        .hasMessageContaining("(invalid_client)")
        .hasMessageContaining("are client_id and client_secret those of the application");
  }

  @Test
  void aNewTokenThatIsRefusedAllTheSameIsToldWithoutRenewingItForEver() throws Exception {
    SimulatedGrant grant = typeform.permit(folder.resolve("typeform.json"));
    typeform.refusesEverybody = true;

    assertThat(inspectingPermitted())
        .hasMessageContaining("the access token, though it is new (401 AUTHENTICATION_FAILED)")
        .hasMessageContaining("permit the access again");
    assertThat(inspectingPermitted()).isNotNull();

    assertThat(grant.renewals()).isEqualTo(1);
  }

  @Test
  void aTokenWithoutScopesIsToldWhichItNeeds() throws Exception {
    typeform.form("F1", List.of());

    assertThat(inspecting(SimulatedTypeform.TOKEN_WITHOUT_SCOPES, Form.of("F1")))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("it needs the scopes forms:read and responses:read");
  }

  @Test
  void aTokenThatIsRefusedIsNotTriedAgain() throws Exception {
    typeform.form("F1", List.of());

    inspecting("tfp_wrong", Form.of("F1"));

    assertThat(typeform.requestCount()).isEqualTo(1);
  }

  @Test
  void aFormThatIsGoneIsSeenAndTheOthersAreRead() throws Exception {
    typeform.form("F1", List.of(field("n", "nps", "nps", Map.of())));
    typeform.respond(
        "F1", "t", NINE, Duration.ZERO, Map.of(), List.of(answered("n", "nps", "nps", 9)));
    try (Source source = typeform.source(10, Form.of("Gone"), Form.of("F1"))) {
      Page gone = source.fetch(source.streams().getFirst(), Cursor.START);
      Page read = source.fetch(source.streams().getLast(), Cursor.START);
      Inspection inspection = source.inspect();

      assertThat(gone.completeUntil()).isPresent();
      assertThat(gone.readings()).containsEntry("forms_gone", 1.0);
      assertThat(read.changes()).hasSize(1);
      assertThat(inspection.rows()).isEqualTo(Map.of("form__f1", OptionalLong.of(1)));
      assertThat(inspection.notes().getFirst()).contains("has no form Gone for this token");
    }
  }

  @Test
  void ifNoFormIsThereTheSourceFails() throws Exception {
    try (Source source = typeform.source(10, Form.of("Gone"))) {
      assertThat(
              catchThrowableOfType(
                  SourceException.class,
                  () -> source.fetch(source.streams().getFirst(), Cursor.START)))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageContaining("is the id right (as in https://acme.typeform.com/to/ID)");
    }
  }

  @Test
  void anInspectionTellsWhatIsReadWhatCouldBeAndWhatCannot() throws Exception {
    typeform.form(
        "F1",
        List.of(
            rating("a", "csat", 5),
            rating("b", "stars", 10),
            field("c", "nps", "nps", Map.of()),
            field("d", "solved", "yes_no", Map.of()),
            field("e", "why", "long_text", Map.of())));
    Form form =
        new Form(
            "F1",
            Optional.empty(),
            Map.of(
                "csat", Question.of(Survey.CSAT),
                "stars", Question.of(Survey.CSAT),
                "csta", Question.of(Survey.CSAT)));
    try (Source source = typeform.source(10, form)) {
      assertThat(source.inspect().notes())
          .containsExactly(
              "form F1: reads csat (csat on 1-5), nps (nps on 0-10); not read, unless named under"
                  + " questions: solved (yes_no 0-1)",
              "form F1, question stars: no answer counts: csat is asked on 1-10 and has the scales"
                  + " 1-5, 0-5, binary, 1-3, 1-4; say under scores what each number is worth",
              "form F1 has no question with the ref or id csta");
    }
  }

  @Test
  void aListThatIsNoneIsNonsense() throws Exception {
    typeform.form("F1", List.of());
    typeform.faults().next(Fault.LOGIN_PAGE, Fault.LOGIN_PAGE, Fault.LOGIN_PAGE, Fault.LOGIN_PAGE);
    try (Source source = typeform.source(10, Form.of("F1"))) {
      assertThat(
              catchThrowableOfType(
                  SourceException.class,
                  () -> source.fetch(source.streams().getFirst(), Cursor.START)))
          .isInstanceOf(SourceException.Unavailable.class)
          .hasMessageContaining("a page instead of JSON");
    }
  }

  @Test
  void streamsAreNamedByFormsWhoseIdsDifferInCapitalsOnly() {
    assertThat(List.of("ab", "aB", "a_b", "a-b").stream().map(Form::of).map(TypeformSource::stream))
        .doesNotHaveDuplicates();
  }

  @Test
  void settingsThatCannotBeRightAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatedTypeform.settings("https://x", "t", 1))
        .withMessage("forms: found none; allowed: at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SimulatedTypeform.settings("https://x", "t", 1, Form.of("A"), Form.of("A")))
        .withMessage("forms: found \"A\" twice; allowed: once");
    assertThatIllegalArgumentException().isThrownBy(() -> Form.of("../me"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SimulatedTypeform.settings(
                    "https://x", Optional.empty(), Optional.empty(), 1, Form.of("A")))
        .withMessage("found neither token nor oauth; allowed: one of them");
    OAuth oauth = new OAuth("x", Secret.of("x"), folder.resolve("typeform.json"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SimulatedTypeform.settings(
                    "https://x", Optional.of(Secret.of("x")), Optional.of(oauth), 1, Form.of("A")))
        .withMessage("found both token and oauth; allowed: one of them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Question(Survey.NPS, Optional.of("1-5"), Map.of()))
        .withMessage("scale: found \"1-5\"; allowed for nps: 0-10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Question(Survey.CSAT, Optional.empty(), Map.of("Happy", 6)))
        .withMessage("scores: found 6 for \"Happy\"; allowed: a number of the scale 1-5");
    assertThat(SimulatedTypeform.settings("https://x", "hush", 1, Form.of("A")).toString())
        .doesNotContain("hush");
  }
}
