package io.helpdeskexporter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helpdeskexporter.domain.Sentiment;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentimentReaderTest {
  private static Optional<Sentiment> told(String text) {
    return SentimentReader.of(Optional.of(text), Optional.empty());
  }

  private static Optional<Sentiment> judged(String text) {
    return SentimentReader.of(Optional.empty(), Optional.of(text));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "This is the third time it crashes. I am very angry and disappointed. | negative",
        "Thank you so much, that solved it! Great support. | positive",
        "It is not good at all | negative",
        "Can you send the report to the other office by Monday? | neutral",
        "Still broken, useless | negative",
        "Das ist leider sehr schlecht und ich bin sehr enttäuscht von dem Produkt. | unknown",
        "Die Rechnung ist falsch und die Adresse auch, bitte korrigieren Sie das | unknown",
        "Le produit ne marche pas et je suis très mécontent de votre service | unknown",
        "XK-4711 | unknown",
        "😡 | unknown"
      })
  void theLexiconJudgesEnglishAlone(String text, String mood) {
    assertThat(judged(text).map(Sentiment::label)).contains(mood);
  }

  @Test
  void whatTheSourceTellsGoesBeforeTheText() {
    assertThat(SentimentReader.of(Optional.of("negative"), Optional.of("Great, thank you!")))
        .contains(Sentiment.of(-500));
    assertThat(told("Very_Positive")).contains(Sentiment.of(1000));
    assertThat(told("unknown")).contains(Sentiment.UNKNOWN);
    assertThat(told("-0.1236")).contains(Sentiment.of(-124));
    assertThat(told("0.0496").map(Sentiment::label)).contains("positive");
    assertThat(told("0.049").map(Sentiment::label)).contains("neutral");
  }

  @Test
  void whatIsNoMoodIsRefusedWithoutRepeatingIt() {
    for (String text : new String[] {"furious", "1.5", "-2", "1e0", "NaN"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> told(text))
          .withMessage(
              "sentiment: expected a number from -1 to 1, or negative, neutral or positive");
    }
  }

  @Test
  void nothingIsNoMood() {
    assertThat(SentimentReader.of(Optional.empty(), Optional.empty())).isEmpty();
    assertThat(judged(" \n ")).isEmpty();
  }

  @Test
  void aLongTextIsJudgedByItsBeginning() {
    String angry = "I am very angry and disappointed about this crash. ".repeat(40);

    assertThat(judged(angry + "Great, wonderful, thank you! ".repeat(40_000)))
        .isEqualTo(judged(angry.substring(0, 2_000)));
  }
}
