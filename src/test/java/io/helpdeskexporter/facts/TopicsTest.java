package io.helpdeskexporter.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static final Topics MAPPED =
      new Topics(Map.of("Password", "login", "sso", "login", "idea", "feature_request"));

  @Test
  void theFirstWordThatMeansATopicDecidesWhateverItsCase() {
    assertThat(MAPPED.of(List.of("vip", "PASSWORD ", "idea"))).isEqualTo("login");
    assertThat(MAPPED.of(List.of("idea", "sso"))).isEqualTo(Topics.FEATURE_REQUEST);
  }

  @Test
  void aTicketWithoutAWordHasNoneAndOneOfUnknownWordsAnother() {
    assertThat(MAPPED.of(List.of())).isEqualTo("none");
    assertThat(MAPPED.of(List.of("vip"))).isEqualTo("other");
  }

  @Test
  void withoutAMapTheFirstWordItselfIsTheTopic() {
    assertThat(Topics.AS_TOLD.of(List.of("vip", "login"))).isEqualTo("vip");
    assertThat(Topics.AS_TOLD.of(List.of())).isEqualTo("none");
  }
}
