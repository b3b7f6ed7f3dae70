package io.helpdeskexporter.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.source.SourceException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {
  private final Store store = new Store();
  private final Download download =
      new Download(List.of("127.0.0.1", "files.example"), Duration.ofSeconds(2));

  /** Keeps one file and notes who asked for it. */
  private static final class Store extends SimulatedApi {
    private final List<Asked> asked = new ArrayList<>();

    private Store() {
      super(new SimulatedTime(Instant.parse("2025-03-03T09:00:00Z")));
    }

    @Override
    protected Told answer(Asked request) {
      asked.add(request);
      return Told.json(Map.of("rows", List.of(1, 2))).with("Set-Cookie", "session=1");
    }
  }

  @AfterEach
  void close() {
    download.close();
    store.close();
  }

  private URI link() {
    return URI.create(store.url() + "/a%20file.json?X-Signature=a%2Fb%2Bc%3D%3D&X-Expires=60");
  }

  @Test
  void aFileIsFetchedByItsLinkAsItIsWithoutCredentialsOrCookies() throws Exception {
    download.fetch(link());

    assertThat(download.fetch(link()).path("rows").size()).isEqualTo(2);
    assertThat(store.asked)
        .hasSize(2)
        .allSatisfy(
            asked -> {
              assertThat(asked.headers()).doesNotContainKeys("Authorization", "Cookie");
              assertThat(asked.parameter("X-Signature")).contains("a/b+c==");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://files.example/x",
        "https://eu.files.example/x?a=b",
        "https://FILES.example/x",
        "http://127.0.0.1:1/x"
      })
  void hostsThatWereNamedAndAllBelowThemArePermitted(String link) {
    assertThat(download.permits(URI.create(link))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://files.example/x",
        "https://notfiles.example/x",
        "https://files.example.evil.invalid/x",
        "https://evil.invalid/files.example",
        "https://evil.invalid/?files.example",
        "https://user@files.example/x",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "files.example/x"
      })
  void allOthersAreNot(String link) {
    assertThat(download.permits(URI.create(link))).isFalse();
    assertThatThrownBy(() -> download.fetch(URI.create(link)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"SENT_ELSEWHERE", "INTERNAL_ERROR", "CUT_OFF", "HALF_JSON", "LOGIN_PAGE", "SILENCE"})
  void aFileThatCannotBeHadIsAnErrorThatDoesNotShowItsLink(Fault fault) {
    store.faults().next(fault);

    assertThatThrownBy(() -> download.fetch(link()))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageContaining("127.0.0.1")
        .hasMessageNotContaining("X-Signature");
  }

  @Test
  void aFileOnAHostThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> download.fetch(URI.create("http://127.0.0.1:1/x")))
        .isInstanceOf(SourceException.Unavailable.class);
  }
}
