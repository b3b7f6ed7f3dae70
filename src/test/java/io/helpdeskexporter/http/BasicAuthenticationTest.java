package io.helpdeskexporter.http;

import static io.helpdeskexporter.http.BasicAuthentication.Verdict.GRANTED;
import static io.helpdeskexporter.http.BasicAuthentication.Verdict.REFUSED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.helpdeskexporter.http.WebConfig.Users;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicAuthenticationTest {

  private final BasicAuthentication authentication = new BasicAuthentication();

  @Test
  void withoutUsersEveryoneMayAsk() {
    assertThat(authentication.judge(new Users(Map.of()), "")).isEqualTo(GRANTED);
  }

  @Test
  void theRightPasswordIsGrantedEachTime() {
    Users users = users("prometheus", "s3cret");
    assertThat(authentication.judge(users, basic("prometheus:s3cret"))).isEqualTo(GRANTED);
    assertThat(authentication.judge(users, basic("prometheus:s3cret"))).isEqualTo(GRANTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prometheus:wrong",
        "prometheus:",
        "nobody:s3cret",
        ":s3cret",
        "prometheus",
        "PROMETHEUS:s3cret",
        "prometheus:s3cret ",
        "prometheus:s3cret:"
      })
  void anythingElseIsRefusedEachTime(String credentials) {
    Users users = users("prometheus", "s3cret");
    assertThat(authentication.judge(users, basic(credentials))).isEqualTo(REFUSED);
    assertThat(authentication.judge(users, basic(credentials))).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Basic", "Basic ", "Basic !!!", "Bearer abc", "cHJvbWV0aGV1czpzM2NyZXQ="})
  void aHeaderWithoutCredentialsIsRefused(String header) {
    assertThat(authentication.judge(users("prometheus", "s3cret"), header)).isEqualTo(REFUSED);
  }

  @Test
  void aPasswordMayHoldColonsAndAnyLetters() {
    Users users = users("jürgen", "a:b:ß 🙂");
    assertThat(authentication.judge(users, basic("jürgen:a:b:ß 🙂"))).isEqualTo(GRANTED);
  }

  @Test
  void aPasswordLongerThanBcryptReadsIsRefusedEvenIfItsBeginningFits() {
    Users users = users("prometheus", "x".repeat(71));
    assertThat(authentication.judge(users, basic("prometheus:" + "x".repeat(71))))
        .isEqualTo(GRANTED);
    assertThat(authentication.judge(users, basic("prometheus:" + "x".repeat(72))))
        .isEqualTo(REFUSED);
    assertThat(authentication.judge(users, basic("prometheus:" + "x".repeat(500))))
        .isEqualTo(REFUSED);
  }

  @Test
  void aChangedHashForgetsTheVerdict() {
    String login = basic("prometheus:old");
    assertThat(authentication.judge(users("prometheus", "old"), login)).isEqualTo(GRANTED);
    assertThat(authentication.judge(users("prometheus", "new"), login)).isEqualTo(REFUSED);
    assertThat(authentication.judge(users("prometheus", "new"), basic("prometheus:new")))
        .isEqualTo(GRANTED);
  }

  @Test
  void eachCredentialIsComparedOnceWhetherItsNameIsKnownOrNot() {
    Users users = users("prometheus", "s3cret");
    for (String login : List.of("prometheus:s3cret", "prometheus:wrong", "nobody:wrong")) {
      long before = authentication.comparisons();
      authentication.judge(users, basic(login));
      assertThat(authentication.comparisons()).as(login).isEqualTo(before + 1);
      authentication.judge(users, basic(login));
      assertThat(authentication.comparisons()).as(login).isEqualTo(before + 1);
    }
  }

  /** A malformed or cheaper stand-in would be refused sooner than a wrong password. */
  @Test
  void anUnknownNameCostsAsMuchAsTheDearestKnownOne() throws Exception {
    Users users =
        new Users(
            Map.of(
                "cheap", BCrypt.withDefaults().hashToString(4, "p".toCharArray()),
                "dear", BCrypt.withDefaults().hashToString(6, "p".toCharArray())));
    byte[] nobody = BasicAuthentication.nobodysHash(users).getBytes(UTF_8);
    assertThat(BCrypt.Version.VERSION_2B.parser.parse(nobody).cost).isEqualTo(6);
    assertThat(BCrypt.verifyer().verify("p".getBytes(UTF_8), nobody).validFormat).isTrue();
  }

  @Test
  void eachSpellingOfTheBcryptVersionIsUnderstood() {
    for (String version : new String[] {"2a", "2b", "2y"}) {
      String hash =
          BCrypt.withDefaults()
              .hashToString(4, "p".toCharArray())
              .replace("$2a$", "$" + version + "$");
      assertThat(authentication.judge(new Users(Map.of("a", hash)), basic("a:p")))
          .isEqualTo(GRANTED);
    }
  }

  private static Users users(String name, String password) {
    return new Users(Map.of(name, BCrypt.withDefaults().hashToString(4, password.toCharArray())));
  }

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }
}
