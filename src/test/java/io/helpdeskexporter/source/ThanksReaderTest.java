package io.helpdeskexporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThanksReaderTest {
  private static boolean judged(String text) {
    return ThanksReader.of(Optional.empty(), Optional.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thanks",
        "Thank you!",
        "Ok, thanks a lot :-)",
        "Great, thank you so much for your quick help!",
        "THX 👍🏽",
        "Thank you! Thanks again.",
        "Many thanks\n\nBest regards",
        "  thanks\n> On Monday, Ann wrote:\n> Is it still broken?",
        "Vielen Dank für die schnelle Hilfe!",
        "Super, danke.",
        "Herzlichen Dank\nMit freundlichen Grüßen",
        "Merci beaucoup pour votre aide",
        "Parfait, merci !",
        "Muchas gracias por su ayuda",
        "Grazie mille",
        "Grazie per l'aiuto",
        "Muito obrigada",
        "Bedankt voor je snelle reactie"
      })
  void aMessageOfNothingButThanksIsAThankYou(String text) {
    assertThat(judged(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "No thanks",
        "Thanks?",
        "Thanks for nothing",
        "Thanks, but it is still broken",
        "Thanks in advance",
        "Thanks :(",
        "Thanks 😡",
        "Thank you, Ann",
        "thanks 4711",
        "Help, thanks",
        "Great",
        "> Thanks",
        "Danke, geht immer noch nicht",
        "Danke für nichts",
        "Merci de me rappeler",
        "Gracias, pero no funciona",
        "Grazie, non funziona",
        "ありがとう",
        "Thanks thanks thanks"
      })
  void anyOtherWordMakesItAnOrdinaryMessage(String text) {
    assertThat(judged(text)).isFalse();
  }

  @Test
  void aLongTextIsNone() {
    assertThat(judged("Thank you!".repeat(13))).isFalse();
    assertThat(judged("Thank you" + "!".repeat(200))).isFalse();
  }

  @Test
  void whatTheSourceTellsGoesBeforeTheText() {
    assertThat(ThanksReader.of(Optional.of(true), Optional.of("It is broken"))).isTrue();
    assertThat(ThanksReader.of(Optional.of(false), Optional.of("Thanks"))).isFalse();
    assertThat(ThanksReader.of(Optional.of(true), Optional.empty())).isTrue();
    assertThat(ThanksReader.of(Optional.empty(), Optional.empty())).isFalse();
  }
}
