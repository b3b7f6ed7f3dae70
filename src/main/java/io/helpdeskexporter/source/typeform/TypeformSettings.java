package io.helpdeskexporter.source.typeform;

import io.helpdeskexporter.config.Cutoff;
import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.config.FromText;
import io.helpdeskexporter.config.Max;
import io.helpdeskexporter.config.Min;
import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.api.Address;
import io.helpdeskexporter.source.api.Authorization;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Manners;
import io.helpdeskexporter.source.api.OAuth;
import io.helpdeskexporter.source.survey.Question;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a source of kind {@code typeform} is told. */
@Doc("Reads answers to forms of Typeform.")
public record TypeformSettings(
    @Doc(
            "Where it is; for accounts in the data centre of the EU https://api.eu.typeform.com or"
                + " https://api.typeform.eu.")
        @Default("https://api.typeform.com")
        String url,
    @Doc("A personal access token with the scopes forms:read and responses:read. This, or oauth.")
        Optional<Secret> token,
    @Doc("An application whose tokens are renewed; instead of token.") Optional<OAuth> oauth,
    @Doc("The forms to read, by their ids or each as a map.") List<Form> forms,
    @Doc("Answers given before are not read.") Optional<Cutoff> since,
    @Doc("The hidden field that holds the team whose work is judged.") @Default("team")
        String teamField,
    @Doc(
            "The hidden field or variable that holds a ticket: a question of recommendation is"
                + " then one after a ticket, unless the form has a name.")
        @Default("ticket_id")
        String ticketField,
    @Doc("What share of the calls that Typeform permits may be made.") @Default("50%")
        Share useAtMost,
    @Doc("Responses to ask for at once.") @Default("1000") @Min("1") @Max("1000") int pageSize,
    @Doc("How far to look back each time: Typeform shows some answers late.")
        @Default("2h")
        @Min("30m")
        Duration overlap,
    @Doc("How long to wait for an answer.") @Default("60s") @Min("1s") Duration timeout) {
  /** Where tokens are renewed. */
  private static final String TOKENS = "/oauth/token";

  /** Without the last one there is no refresh token. */
  private static final String SCOPE = "forms:read responses:read offline";

  public TypeformSettings {
    forms = List.copyOf(forms);
    Address.parse("url", url);
    if (token.isPresent() == oauth.isPresent()) {
      throw new IllegalArgumentException(
          "found %s; allowed: one of them"
              .formatted(token.isPresent() ? "both token and oauth" : "neither token nor oauth"));
    }
    if (forms.isEmpty()) {
      throw new IllegalArgumentException("forms: found none; allowed: at least one");
    }
    Set<String> ids = new HashSet<>();
    for (Form form : forms) {
      if (!ids.add(form.id())) {
        throw new IllegalArgumentException(
            "forms: found \"%s\" twice; allowed: once".formatted(form.id()));
      }
    }
  }

  Address address() {
    return Address.parse("url", url);
  }

  Authorization authorization(Manners manners, Budget budget, InstantSource clock) {
    return oauth.isPresent()
        ? oauth.get().authorization(TOKENS, SCOPE, address(), manners, budget, clock, timeout)
        : Authorization.bearer(token.orElseThrow());
  }

  /** One form, which is one survey. */
  public record Form(
      @Doc("Its id, as in https://acme.typeform.com/to/ID.") String id,
      @Doc("The name of the survey, where there are several of a kind: the label survey.")
          Optional<String> name,
      @Doc(
              "What its questions ask for, by ref or id. A question of the type nps is known;"
                  + " others that are not named here are not read.")
          @Default("{}")
          Map<String, Question> questions) {
    public Form {
      questions = Map.copyOf(questions);
      if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
        throw new IllegalArgumentException("found no id of a form; allowed: one such as Qc7s9x");
      }
    }

    @FromText(
        allowed = "the id of a form, such as Qc7s9x, or a map with the keys id, name and questions",
        orMap = true)
    public static Form of(String id) {
      return new Form(id, Optional.empty(), Map.of());
    }
  }
}
