package io.helpdeskexporter.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.source.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tokens that are renewed, once each, and never lost where that can be helped. */
class GrantTest {
  private static final Instant START = Instant.parse("2025-03-03T09:00:00Z");
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final Call THINGS = Call.get("things", "/things");

  private final SimulatedTime time = new SimulatedTime(START);
  private final List<Api> opened = new ArrayList<>();
  @TempDir private Path folder;
  private Path file;
  private SimulatedGrant grant;
  private Vendor vendor;

  @BeforeEach
  void permit() {
    file = folder.resolve("acme.json");
    grant = new SimulatedGrant(time, HALF_AN_HOUR, file, "read");
    grant.permit();
    vendor = new Vendor(time, grant);
  }

  @AfterEach
  void close() {
    assertThat(vendor.unexpected()).isEmpty();
    opened.forEach(Api::close);
    vendor.close();
  }

  /** As of a process that knows what is in the file, and nothing else. */
  private Api open() {
    return open(grant.settings(), time);
  }

  private Api open(OAuth oauth, Patience patience) {
    Address address = Address.parse("url", vendor.url());
    Budget budget = new Budget(Share.parse("50%"), time, patience);
    Duration timeout = Duration.ofSeconds(2);
    Api api =
        new Api(
            address,
            oauth.authorization("/token", "read", address, vendor, budget, time, timeout),
            vendor,
            budget,
            time,
            timeout);
    opened.add(api);
    return api;
  }

  private SourceException fails(Api api) {
    return catchThrowableOfType(SourceException.class, () -> api.ask(THINGS));
  }

  /** As an operator may who has a refresh token and nothing else. */
  private void keepNoAccessToken() {
    grant.write("{\"refresh_token\": \"%s\"}".formatted(grant.refresh()));
  }

  private String kept() throws IOException {
    return Files.readString(file);
  }

  // ---- when tokens are renewed

  @Test
  void anAccessTokenIsUsedAsLongAsItIsGood() throws Exception {
    Api api = open();

    api.ask(THINGS);
    api.ask(THINGS);

    assertThat(grant.renewals()).isZero();
    assertThat(vendor.requestCount()).isEqualTo(2);
  }

  @Test
  void whereThereIsNoneYetItIsAskedFor() throws Exception {
    keepNoAccessToken();

    open().ask(THINGS);

    assertThat(grant.renewals()).isEqualTo(1);
    assertThat(kept()).contains(grant.access(), grant.refresh());
  }

  @Test
  void oneThatIsAboutToEndIsRenewedBeforeItIsRefused() throws Exception {
    Api api = open();
    grant.end();
    api.ask(THINGS);
    time.advance(Duration.ofMinutes(27));
    api.ask(THINGS);
    assertThat(grant.renewals()).isEqualTo(1);

    time.advance(Duration.ofMinutes(2));
    api.ask(THINGS);

    assertThat(grant.renewals()).isEqualTo(2);
    assertThat(api.traffic().failures()).containsExactly(Map.entry("401", 1L));
  }

  @Test
  void oneThatEndsEarlierThanWasToldIsRenewedWhenItIsRefused() throws Exception {
    Api api = open();
    api.ask(THINGS);

    for (int i = 0; i < 3; i++) {
      grant.end();
      time.advance(Duration.ofMinutes(5));
      api.ask(THINGS);
    }

    assertThat(grant.renewals()).isEqualTo(3);
  }

  @Test
  void whatNoRenewalMendsIsNotRenewedAgainAndAgain() {
    Api api = open();
    vendor.refusesAll = true;

    fails(api);
    fails(api);

    assertThat(fails(api))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("401");
    assertThat(grant.renewals()).isEqualTo(1);
  }

  @Test
  void theRequestsThatRenewAreCounted() throws Exception {
    Api api = open();
    grant.end();
    vendor.faults().next(Fault.REFUSED, Fault.UNAVAILABLE);

    api.ask(THINGS);

    assertThat(api.traffic().requests()).isEqualTo(4);
    assertThat(api.traffic().failures()).isEqualTo(Map.of("401", 1L, "503", 1L));
    assertThat(vendor.requests()).isEqualTo(Map.of("/things", 2, "/token", 2));
  }

  @Test
  void aVendorThatGivesNoNewRefreshTokenLetsTheOldOneBeUsedAgain() throws Exception {
    vendor.givesNoRefreshToken = true;
    keepNoAccessToken();
    String before = grant.refresh();

    open().ask(THINGS);

    assertThat(kept()).contains(grant.access(), before);
  }

  @Test
  void wordsThatAreNoDurationAreNone() throws Exception {
    for (String lasts : List.of("0", "-5", "1e99", "\"soon\"", "9223372036854775807", "null")) {
      grant.permit();
      grant.write(kept().replace("1800", lasts).replace("}", ", \"created_at\": 1740992400}"));
      open().ask(THINGS);
    }
    assertThat(grant.renewals()).isZero();
  }

  // ---- what outlives the process

  @Test
  void theNewTokensAreInTheFileBeforeTheyAreUsed() throws Exception {
    Api api = open();
    for (int i = 0; i < 5; i++) {
      api.ask(THINGS);
      time.advance(HALF_AN_HOUR);
    }
    assertThat(grant.renewals()).isEqualTo(4);
  }

  @Test
  void aProcessThatIsKilledAfterItKeptThemTakesThemUp() throws Exception {
    keepNoAccessToken();
    open().ask(THINGS);
    int before = grant.renewals();

    open().ask(THINGS);
    time.advance(HALF_AN_HOUR);
    open().ask(THINGS);

    assertThat(before).isEqualTo(1);
    assertThat(grant.renewals()).isEqualTo(2);
  }

  @Test
  void aProcessThatIsKilledBeforeItKeptThemNeedsAPersonAndSaysSo() {
    grant.document(); // Answered to a process that is no more.
    vendor.refusesAll = true;

    assertThat(fails(open()))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("invalid_grant")
        .hasMessageContaining("a renewal whose answer was lost")
        .hasMessageContaining("a person has to permit the access again")
        .hasMessageContaining(file.toString())
        .hasMessageContaining("docs/sources/acme.md");
  }

  @Test
  void theFileIsForItsOwnerAlone() throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    grant.end();

    open().ask(THINGS);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder("acme.json", "acme.json.lock");
    }
  }

  @Test
  void aLinkToTheFileStaysOne() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    grant.end();

    open(new OAuth(SimulatedGrant.CLIENT, Secret.of(SimulatedGrant.SECRET), link), time)
        .ask(THINGS);

    assertThat(link).isSymbolicLink();
    assertThat(kept()).contains(grant.access());
  }

  @Test
  void whatALastProcessLeftHalfWrittenIsNotInTheWay() throws Exception {
    Files.writeString(folder.resolve("acme.json.new"), "{\"refresh_tok");
    grant.end();

    open().ask(THINGS);

    assertThat(kept()).contains(grant.refresh());
  }

  // ---- what passes by itself

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "TOO_MANY",
        "TOO_MANY_WITHOUT_A_WORD",
        "INTERNAL_ERROR",
        "UNAVAILABLE",
        "BAD_GATEWAY",
        "LOGIN_PAGE"
      })
  void aRenewalThatFailsForNowIsTriedAgainWithTheSameToken(Fault fault) throws Exception {
    keepNoAccessToken();
    vendor.faults().next(fault, fault);

    open().ask(THINGS);

    assertThat(grant.renewals()).isEqualTo(1);
    assertThat(vendor.requests()).containsEntry("/token", 3);
  }

  @Test
  void aRenewalThatGoesOnFailingSpendsNothing() throws Exception {
    keepNoAccessToken();
    Api api = open();
    vendor
        .faults()
        .next(Fault.UNAVAILABLE, Fault.UNAVAILABLE, Fault.UNAVAILABLE, Fault.UNAVAILABLE);
    assertThat(fails(api)).isInstanceOf(SourceException.Unavailable.class);

    api.ask(THINGS);

    assertThat(grant.renewals()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CUT_OFF", "HALF_JSON", "SILENCE"})
  void anAnswerThatIsLostOnTheWayNeedsAPerson(Fault fault) {
    keepNoAccessToken();
    Api api = open();
    vendor.faults().next(fault);

    assertThat(fails(api))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("a renewal whose answer was lost");

    grant.permit();
    assertThat(fails(api)).isNull();
  }

  @Test
  void tokensThatCannotBeWrittenAreNotUsedAndAreWrittenAsSoonAsTheyCan() throws Exception {
    Api api = open();
    api.ask(THINGS);
    grant.end();
    time.advance(HALF_AN_HOUR);
    Path obstacle = folder.resolve("acme.json.new");
    vendor.whenRenewed = () -> obstruct(obstacle);

    assertThat(fails(api))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("cannot be written to " + file)
        .hasMessageContaining("do not end it");
    int asked = vendor.requestCount();
    assertThat(fails(api)).hasMessageContaining("do not end it");
    assertThat(vendor.requestCount()).isEqualTo(asked);

    clear(obstacle);
    api.ask(THINGS);

    assertThat(grant.renewals()).isEqualTo(1);
    assertThat(kept()).contains(grant.refresh());
  }

  @Test
  void whoIsInterruptedInOrderToEndKeepsWhatWasRenewed() throws Exception {
    try (TokenFile.Held held =
        new TokenFile(file, "manual").hold(new Budget(Share.parse("50%"), time, time))) {
      Tokens renewed =
          held.read()
              .renewed(JsonMapper.shared().readTree("{\"access_token\": \"late\"}"), START)
              .orElseThrow();
      Thread.currentThread().interrupt();
      held.write(renewed);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(kept()).contains("late");
  }

  @Test
  void whatAPersonPermittedMeanwhileIsTakenInsteadOfWhatCouldNotBeWritten() throws Exception {
    Api api = open();
    api.ask(THINGS);
    grant.end();
    time.advance(HALF_AN_HOUR);
    Path obstacle = folder.resolve("acme.json.new");
    vendor.whenRenewed = () -> obstruct(obstacle);
    fails(api);

    clear(obstacle);
    grant.permit();
    api.ask(THINGS);

    assertThat(grant.renewals()).isEqualTo(1);
    assertThat(kept()).contains(grant.refresh());
  }

  // ---- what somebody has to mend

  @Test
  void aWordOfTheVendorThatThePermissionIsNoMoreIsTold() {
    grant.revoke();

    assertThat(fails(open()))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("Acme at 127.0.0.1")
        .hasMessageContaining("was revoked");
  }

  @Test
  void aWrongApplicationIsTold() {
    grant.forget();
    grant.end();

    assertThat(fails(open()))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("invalid_client")
        .hasMessageContaining("are client_id and client_secret those of the application");
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_scope, not given for the scope read",
    "unauthorized_client, may not renew",
    "unsupported_grant_type, may not renew",
    "invalid_request, refresh token is no longer good",
    "something_else, refresh token is no longer good"
  })
  void eachOfTheStandardsReasonsSaysWhatToDo(String code, String told) {
    grant.end();
    vendor.refusal = Optional.of(code);

    assertThat(fails(open())).hasMessageContaining(told).hasMessageNotContaining("something_else");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "7", "{\"refresh_token\": 5}", "{\"refresh_token\": \"a b\"}"})
  void aFileWithoutTokensIsToldWithoutWhatItHolds(String text) {
    grant.write(text + (text.isEmpty() ? "" : " "));

    assertThat(fails(open()))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("token_file " + file)
        .hasMessageContaining("docs/sources/acme.md")
        .hasMessageNotContaining("a b");
    assertThat(vendor.requestCount()).isZero();
  }

  @Test
  void aFileThatIsFarTooLongIsToldAndLeftAsItIs() throws Exception {
    String text = "{\"refresh_token\": \"r\"}" + " ".repeat(70_000) + "// more";
    grant.write(text);

    assertThat(fails(open())).hasMessageContaining("more than 65536 bytes");
    assertThat(kept()).isEqualTo(text);
  }

  @Test
  void aFileThatIsNotThereIsTold() throws Exception {
    Files.delete(file);

    assertThat(fails(open()))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("there is no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme.json.new", "acme.json.lock"})
  void aFileThatCouldNotBeReplacedIsToldBeforeATokenIsSpent(String name) {
    obstruct(folder.resolve(name));

    assertThat(fails(open()))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("cannot be replaced")
        .hasMessageContaining("its directory has to be writable");
    assertThat(vendor.requestCount()).isZero();
  }

  @Test
  void noMessageShowsASecret() {
    for (String code : List.of("invalid_grant", "invalid_client", "x")) {
      vendor.refusal = Optional.of(code);
      grant.permit();
      grant.end();
      assertThat(fails(open()).getMessage())
          .doesNotContain(SimulatedGrant.SECRET, grant.access(), grant.refresh());
    }
    assertThat(grant.settings().toString()).doesNotContain(SimulatedGrant.SECRET);
    assertThat(
            Tokens.read(JsonMapper.shared().readTree("{\"refresh_token\":\"hush\"}"))
                .orElseThrow()
                .toString())
        .doesNotContain("hush");
  }

  @Test
  void anApplicationHasAnIdentifier() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OAuth(" ", Secret.of("x"), file))
        .withMessage("client_id: found nothing; allowed: the identifier of the application");
  }

  // ---- others who use the same file

  @Test
  void whatAnotherProcessRenewedIsTakenAndNotRenewedAgain() throws Exception {
    Api exporter = open();
    Api check = open();
    exporter.ask(THINGS);
    time.advance(HALF_AN_HOUR);

    check.ask(THINGS);
    exporter.ask(THINGS);
    assertThat(grant.renewals()).isEqualTo(1);

    time.advance(Duration.ofMinutes(10));
    grant.end();
    check.ask(THINGS);
    exporter.ask(THINGS);

    assertThat(grant.renewals()).isEqualTo(2);
  }

  @Test
  void whatAPersonPermittedAnewIsTakenWithoutARestart() throws Exception {
    Api exporter = open();
    exporter.ask(THINGS);
    grant.revoke();
    assertThat(fails(exporter)).isInstanceOf(SourceException.Misconfigured.class);

    grant.permit();
    exporter.ask(THINGS);

    assertThat(grant.renewals()).isZero();
  }

  @Test
  void manyAtOnceRenewOnce() throws Exception {
    keepNoAccessToken();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Api api = open(grant.settings(), Patience.real());
        answers.add(threads.submit(() -> api.ask(THINGS)));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
    }
    assertThat(grant.renewals()).isEqualTo(1);
  }

  @Test
  void whileAnotherProcessRenewsItIsWaitedAndNothingIsSpent() throws Exception {
    Path lock = folder.resolve("acme.json.lock");
    grant.end();
    Api api = open();
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.getInputStream().read()).isEqualTo('!');

      assertThat(fails(api))
          .isInstanceOf(SourceException.Unavailable.class)
          .hasMessageContaining("another process");
      assertThat(time.rested()).isGreaterThanOrEqualTo(Duration.ofMinutes(4));
      assertThat(vendor.requestCount()).isZero();
    } finally {
      other.destroyForcibly().waitFor();
    }

    api.ask(THINGS);

    assertThat(grant.renewals()).isEqualTo(1);
  }

  /** Locks a file until it is killed. */
  static final class Other {
    private Other() {}

    static void main(String[] arguments) throws Exception {
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        System.out.print(lock.isValid() ? "!" : "?");
        System.out.flush();
        new CountDownLatch(1).await();
      }
    }
  }

  // ---- who plays

  /** Not even root writes a file where a directory with something in it is. */
  private static void obstruct(Path place) {
    try {
      Files.createDirectories(place.resolve("obstacle"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void clear(Path place) throws IOException {
    Files.delete(place.resolve("obstacle"));
    Files.delete(place);
  }

  private static final class Vendor extends SimulatedApi implements Manners {
    private final SimulatedGrant grant;
    private boolean refusesAll;
    private boolean givesNoRefreshToken;
    private Optional<String> refusal = Optional.empty();
    private Runnable whenRenewed = () -> {};

    Vendor(SimulatedTime time, SimulatedGrant grant) {
      super(time);
      this.grant = grant;
    }

    @Override
    public String vendor() {
      return "Acme";
    }

    @Override
    protected Told answer(Asked asked) {
      if (asked.path().equals("/token")) {
        if (refusal.isPresent()) {
          return Told.json(400, Map.of("error", refusal.get(), "error_description", asked.body()));
        }
        Told told = grant.renew(asked);
        whenRenewed.run();
        return givesNoRefreshToken
            ? Told.json(Map.of("access_token", grant.access(), "expires_in", 1800))
            : told;
      }
      return grant.accepts(asked) && !refusesAll
          ? Told.json(Map.of("things", List.of()))
          : Told.json(401, Map.of("error", "invalid_token"));
    }
  }
}
