package io.helpdeskexporter.source;

import com.vader.sentiment.analyzer.SentimentAnalyzer;
import io.helpdeskexporter.domain.Sentiment;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.lucene.analysis.core.StopAnalyzer;

/**
 * The mood of a message: as the source tells it, or else judged by the words of a lexicon, if the
 * source is let give the text. The lexicon is VADER's (Hutto and Gilbert, "VADER: A parsimonious
 * rule-based model for sentiment analysis of social media text", 2014), which knows English only;
 * of a text that does not look like it, the mood is unknown. Nothing of the text is kept.
 */
public final class SentimentReader {
  /** The beginning tells the mood, and the lexicon's work grows with the square of the length. */
  private static final int READ_CHARS = 2_000;

  /** So many of an English text's words, at least, are the commonest thirty-three. */
  private static final double COMMON_SHARE = 0.12;

  /** Shorter ones may do without any of these; then the lexicon must know one of its words. */
  private static final int SHORT_WORDS = 6;

  private SentimentReader() {}

  /**
   * What a row says, or what its text amounts to; empty if it has neither.
   *
   * @throws IllegalArgumentException if what it says is no mood
   */
  public static Optional<Sentiment> of(Optional<String> told, Optional<String> text) {
    if (told.isPresent()) {
      Optional<Sentiment> read = Sentiment.read(told.get());
      if (read.isEmpty()) {
        throw new IllegalArgumentException(
            "sentiment: expected a number from -1 to 1, or negative, neutral or positive");
      }
      return read;
    }
    return text.map(String::strip).filter(it -> !it.isEmpty()).map(SentimentReader::judged);
  }

  private static Sentiment judged(String text) {
    String read = text.length() > READ_CHARS ? text.substring(0, READ_CHARS) : text;
    int thousandths = Math.round(compound(read) * 1000);
    return isEnglish(read, thousandths != 0) ? Sentiment.of(thousandths) : Sentiment.UNKNOWN;
  }

  private static boolean isEnglish(String text, boolean knownWords) {
    String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}']+");
    long all = 0;
    long common = 0;
    for (String word : words) {
      if (!word.isEmpty()) {
        all++;
        common += StopAnalyzer.ENGLISH_STOP_WORDS_SET.contains(word) ? 1 : 0;
      }
    }
    return common > 0 && common >= COMMON_SHARE * all || all <= SHORT_WORDS && knownWords;
  }

  private static float compound(String text) {
    try {
      SentimentAnalyzer analyzer = new SentimentAnalyzer(text);
      analyzer.analyze();
      return analyzer.getPolarity().getOrDefault("compound", 0f);
    } catch (IOException e) {
      throw new IllegalStateException("reads from memory", e);
    }
  }
}
