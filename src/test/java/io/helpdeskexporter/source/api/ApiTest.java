package io.helpdeskexporter.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiTest {
  private static final Instant START = Instant.parse("2025-03-03T09:00:00Z");
  private static final String TOKEN = "very-secret-token";
  private static final Limit LIMIT = new Limit("account", 10, Duration.ofMinutes(1));

  private final SimulatedTime time = new SimulatedTime(START);
  private final Vendor vendor = new Vendor(time);
  private final Api api = api(Authorization.bearer(Secret.of(TOKEN)));

  private Api api(Authorization authorization) {
    return api(vendor.url(), authorization);
  }

  private Api api(String url, Authorization authorization) {
    return new Api(
        Address.parse("url", url),
        authorization,
        new Politely(),
        new Budget(Share.parse("50%"), time, time),
        time,
        Duration.ofSeconds(2));
  }

  @AfterEach
  void close() {
    api.close();
    vendor.close();
  }

  @Test
  void anAnswerIsGivenWithItsHeadersAndTheTimeOfTheSystemThatMadeIt() throws Exception {
    vendor.skew(Duration.ofMinutes(7));

    Answer answer = api.ask(Call.get("things", "/things").with("q", "a b&c+d/ä"));

    assertThat(answer.json().path("q").asString()).isEqualTo("a b&c+d/ä");
    assertThat(answer.header("x-remaining")).contains("5");
    assertThat(answer.at()).isEqualTo(START.plus(Duration.ofMinutes(7)));
    assertThat(vendor.authorization).contains("Bearer " + TOKEN);
  }

  @Test
  void whoLogsInIsNobodyYetAndSendsAForm() throws Exception {
    try (Api nobody = api(Authorization.none(List.of(Secret.of(TOKEN))))) {
      nobody.ask(Call.form("token", "/token", Map.of("client_secret", "a b&c=d/ä")));
    }

    assertThat(vendor.authorization).isEmpty();
    assertThat(vendor.mediaType).contains("application/x-www-form-urlencoded");
    assertThat(vendor.body).isEqualTo("client_secret=a+b%26c%3Dd%2F%C3%A4");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "TOO_MANY",
        "TOO_MANY_WITHOUT_A_WORD",
        "INTERNAL_ERROR",
        "UNAVAILABLE",
        "BAD_GATEWAY",
        "CUT_OFF",
        "HALF_JSON",
        "LOGIN_PAGE",
        "SILENCE"
      })
  void whatMayPassByItselfIsTriedAgain(Fault fault) throws Exception {
    vendor.faults().next(fault, fault);

    assertThat(api.ask(Call.get("things", "/things")).status()).isEqualTo(200);

    assertThat(api.traffic().requests()).isEqualTo(3);
    assertThat(api.traffic().failures().values()).containsExactly(2L);
    assertThat(api.traffic().waited()).isPositive();
  }

  @Test
  void asLongAsItIsAskedToBeLeftAloneItIs() throws Exception {
    vendor.faults().next(Fault.TOO_MANY);

    api.ask(Call.get("things", "/things").limitedBy(LIMIT));

    assertThat(time.rested()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void withoutAWordAMinuteIsWaited() throws Exception {
    vendor.faults().next(Fault.TOO_MANY_WITHOUT_A_WORD);

    api.ask(Call.get("things", "/things").limitedBy(LIMIT));

    assertThat(time.rested()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void whatDoesNotPassIsAnErrorThatNamesTheServerAndTheCall() {
    vendor
        .faults()
        .next(
            Fault.INTERNAL_ERROR, Fault.INTERNAL_ERROR, Fault.INTERNAL_ERROR, Fault.INTERNAL_ERROR);

    SourceException.Unavailable error =
        catchThrowableOfType(
            SourceException.Unavailable.class, () -> api.ask(Call.get("things", "/things")));

    assertThat(error)
        .hasMessageContaining("Acme at 127.0.0.1:")
        .hasMessageContaining("GET /things");
    assertThat(error).hasMessageContaining("500");
    assertThat(vendor.requestCount()).isEqualTo(4);
  }

  @Test
  void refusedCredentialsAreAnErrorAtOnceAndNeverPartOfIt() {
    vendor.faults().next(Fault.REFUSED);
    vendor.reason = "no such token: " + TOKEN;

    SourceException.Misconfigured error =
        catchThrowableOfType(
            SourceException.Misconfigured.class, () -> api.ask(Call.get("things", "/things")));

    assertThat(error)
        .hasMessageContaining("credentials")
        .hasMessageContaining("no such token: ***");
    assertThat(error.toString()).doesNotContain(TOKEN);
    assertThat(vendor.requestCount()).isEqualTo(1);
  }

  @Test
  void credentialsThatCanBeRenewedAreRenewedOnce() throws Exception {
    vendor.faults().next(Fault.REFUSED);
    Renewable renewable = new Renewable();
    try (Api with = api(renewable)) {
      with.ask(Call.get("things", "/things"));
      assertThat(vendor.authorization).contains("Bearer 2");

      vendor.faults().next(Fault.REFUSED, Fault.REFUSED);
      assertThat(
              catchThrowableOfType(
                  SourceException.Misconfigured.class,
                  () -> with.ask(Call.get("things", "/things"))))
          .hasMessageContaining("credentials");
    }
    assertThat(renewable.renewed).isEqualTo(2);
  }

  @Test
  void nothingIsFollowedElsewhere() {
    vendor.faults().next(Fault.SENT_ELSEWHERE);

    assertThat(
            catchThrowableOfType(
                SourceException.Misconfigured.class, () -> api.ask(Call.get("things", "/things"))))
        .hasMessageContaining("302")
        .hasMessageContaining("sends elsewhere");
  }

  @Test
  void aStatusThatTheCallerWantsToSeeIsGiven() throws Exception {
    assertThat(api.ask(Call.get("x", "/nothing").accepting(404)).status()).isEqualTo(404);
    assertThat(
            catchThrowableOfType(
                SourceException.Misconfigured.class, () -> api.ask(Call.get("x", "/nothing"))))
        .hasMessageContaining("404");
  }

  @Test
  void aHostThatIsNotThereIsAnErrorThatSaysSo() {
    String url = vendor.url();
    vendor.close();
    try (Api gone = api(url, Authorization.bearer(Secret.of(TOKEN)))) {
      assertThat(
              catchThrowableOfType(
                  SourceException.Unavailable.class, () -> gone.ask(Call.get("x", "/x"))))
          .hasMessageContaining("no connection could be made");
    }
    try (Api never = api("https://no-such-host.invalid", Authorization.bearer(Secret.of("x")))) {
      assertThat(
              catchThrowableOfType(
                  SourceException.Unavailable.class, () -> never.ask(Call.get("x", "/x"))))
          .hasMessageContaining("no such host");
    }
  }

  @Test
  void atMostTheShareOfALimitIsUsedInAnyPeriod() throws Exception {
    for (int i = 0; i < 5; i++) {
      api.ask(Call.get("things", "/quiet").limitedBy(LIMIT));
    }
    assertThat(time.rested()).isZero();

    api.ask(Call.get("things", "/quiet").limitedBy(LIMIT));

    assertThat(time.rested()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void whatOthersUsedUpIsLeftToThem() throws Exception {
    Budget budget = new Budget(Share.parse("50%"), time, time);
    Call call = Call.get("things", "/things").limitedBy(LIMIT);
    budget.learn(
        LIMIT, OptionalInt.of(100), OptionalInt.of(50), Optional.of(Duration.ofSeconds(40)));

    budget.take(call);

    assertThat(time.rested()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void aDearCallIsChargedAsOftenAsItCosts() throws Exception {
    Call dear = Call.get("things", "/quiet").limitedBy(LIMIT).costing(5);
    api.ask(dear);
    assertThat(time.rested()).isZero();

    api.ask(dear);

    assertThat(time.rested()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void anEndlessWaitIsAnErrorInsteadOfSilence() {
    Budget budget = new Budget(Share.parse("50%"), time, time);
    Limit daily = new Limit("daily", 100, Duration.ofDays(1));
    budget.learn(daily, OptionalInt.of(100), OptionalInt.of(3), Optional.of(Duration.ofHours(5)));

    SourceException.Unavailable error =
        catchThrowableOfType(
            SourceException.Unavailable.class,
            () -> budget.take(Call.get("things", "/things").limitedBy(daily)));

    assertThat(error.retryAfter()).contains(Duration.ofHours(5));
    assertThat(error).hasMessageContaining("daily").hasMessageContaining("use_at_most: 50%");
  }

  @Test
  void aWaitEndsAsSoonAsNobodyWantsToWait() throws Exception {
    Patience patience = Patience.real();
    Thread ends = Thread.ofVirtual().start(patience::end);

    assertThat(
            catchThrowableOfType(
                InterruptedException.class, () -> patience.rest(Duration.ofHours(1))))
        .isNotNull();
    ends.join();
  }

  /** Answers what it was asked. */
  private static final class Vendor extends SimulatedApi {
    private Optional<String> authorization = Optional.empty();
    private Optional<String> mediaType = Optional.empty();
    private String body = "";
    private String reason = "";

    Vendor(SimulatedTime time) {
      super(time);
    }

    @Override
    protected Told answer(Asked asked) {
      authorization = asked.header("Authorization");
      mediaType = asked.header("Content-Type");
      body = asked.body();
      return asked.path().equals("/nothing")
          ? Told.empty(404)
          : Told.json(Map.of("q", asked.parameter("q").orElse("")))
              .with("X-Remaining", asked.path().equals("/quiet") ? "" : "5");
    }

    @Override
    protected Told struck(Fault fault, Asked asked) {
      return fault == Fault.REFUSED
          ? Told.json(401, Map.of("error", reason))
          : super.struck(fault, asked);
    }
  }

  private static final class Politely implements Manners {
    @Override
    public String vendor() {
      return "Acme";
    }

    @Override
    public Optional<String> reason(Answer answer) {
      return Optional.of(answer.json().path("error").asString(""));
    }
  }

  private static final class Renewable implements Authorization {
    private int renewed;

    @Override
    public String header() {
      return "Bearer " + (renewed + 1);
    }

    @Override
    public boolean renew(String refused) {
      renewed++;
      return true;
    }

    @Override
    public List<Secret> secrets() {
      return List.of();
    }
  }
}
