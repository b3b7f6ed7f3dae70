package io.helpdeskexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentsConfigTest {
  private static final Secret TOKEN = Secret.of("a token to be sent");
  private static final Secret KEY = Secret.of("a key of the hashes");

  private static AgentsConfig with(Map<String, String> aliases) {
    return new AgentsConfig(TOKEN, KEY, 50, aliases);
  }

  @Test
  void secretsAreLongAndDifferent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AgentsConfig(Secret.of("short"), KEY, 50, Map.of()))
        .withMessage("token: found one of 5 characters; allowed: at least 16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AgentsConfig(TOKEN, Secret.of("short"), 50, Map.of()))
        .withMessage("key: found one of 5 characters; allowed: at least 16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AgentsConfig(TOKEN, TOKEN, 50, Map.of()))
        .withMessage("found the same token and key; allowed: different ones");
  }

  @Test
  void noTwoAgentsShareAnAliasAndNoneIsAnAddress() {
    assertThat(with(Map.of("1", "otter", "2", "heron")).aliases()).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(Map.of("1", "otter", "2", "otter")))
        .withMessageContaining("found \"otter\" twice");
    for (String alias : new String[] {" ", "ann@example.com", "other"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> with(Map.of("1", alias)));
    }
  }
}
