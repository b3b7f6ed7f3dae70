package io.helpdeskexporter.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a message says nothing but thanks: as the source tells it, or else judged by its text, if
 * the source is let give it. In doubt it is an ordinary message: a text is a thank-you only if all
 * of it is one of a few phrases, in English, German, French, Spanish, Italian, Portuguese or Dutch,
 * and a name below it, a question mark or any other word makes it none. Lines that begin with
 * {@code >} are quoted and not looked at. Nothing of the text is kept.
 */
public final class ThanksReader {
  /** Nobody who writes more only thanks. */
  private static final int MOST_CHARS = 120;

  /** What may stand between words; what looks like anger or a question may not. */
  private static final Pattern HARMLESS =
      Pattern.compile("[\\s.,!;:)'’\"–—\\-🙏👍🙂😊😀👌❤♥\\x{FE0F}\\x{1F3FB}-\\x{1F3FF}]+");

  private static final Pattern ALL =
      Pattern.compile(
          List.of(english(), german(), french(), spanish(), italian(), portuguese(), dutch())
              .stream()
              .map(phrase -> "(?:" + phrase + ")(?: (?:" + phrase + "))?")
              .collect(Collectors.joining("|")));

  private ThanksReader() {}

  /**
   * What a row says, or what its text amounts to; no if it has neither.
   *
   * @param told whether it is a thank-you, by the source's own word
   */
  public static boolean of(Optional<Boolean> told, Optional<String> text) {
    return told.orElseGet(() -> text.filter(ThanksReader::isThanks).isPresent());
  }

  private static boolean isThanks(String text) {
    String written =
        text.lines()
            .filter(line -> !line.stripLeading().startsWith(">"))
            .collect(Collectors.joining("\n"))
            .strip();
    return written.length() <= MOST_CHARS && ALL.matcher(plain(written)).matches();
  }

  private static String plain(String text) {
    return HARMLESS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  private static String english() {
    return before("ok", "okay", "great", "perfect", "super", "excellent", "awesome", "wonderful")
        + "(?:many thanks|thanks|thank you|thankyou|thx|cheers)"
        + after("so much", "very much", "a lot", "a million", "again", "everyone", "all")
        + "(?: for (?:your|the|all your|all the)(?: quick| fast| kind| great)?"
        + " (?:help|support|reply|response|answer|assistance))?"
        + after("best regards", "kind regards", "regards");
  }

  private static String german() {
    return before("ok", "okay", "super", "prima", "perfekt", "toll", "klasse", "alles klar")
        + "(?:vielen dank|vielen lieben dank|herzlichen dank|besten dank|tausend dank|danke"
        + "|danke schön|dankeschön|danke sehr|danke vielmals|danke dir|danke ihnen|danke euch)"
        + after("nochmal", "noch mal", "nochmals")
        + "(?: für (?:die|ihre|deine|eure)(?: schnelle| rasche| gute| tolle)?"
        + " (?:hilfe|antwort|rückmeldung|unterstützung))?"
        + after("viele grüße", "liebe grüße", "beste grüße", "mit freundlichen grüßen");
  }

  private static String french() {
    return before("ok", "super", "parfait", "très bien", "génial")
        + "(?:merci|un grand merci|mille mercis)"
        + after("beaucoup", "bien", "infiniment", "encore", "à vous", "à tous")
        + "(?: pour (?:votre|ton)(?: rapide)? (?:aide|réponse|retour|réactivité))?"
        + after("cordialement", "bien cordialement");
  }

  private static String spanish() {
    return before("ok", "vale", "perfecto", "genial", "excelente", "muy bien")
        + "(?:gracias|muchas gracias|muchísimas gracias|mil gracias)"
        + after("de nuevo", "otra vez", "a todos")
        + "(?: por (?:su|tu|la|vuestra) (?:ayuda|respuesta|atención))?"
        + after("saludos", "un saludo");
  }

  private static String italian() {
    return before("ok", "perfetto", "ottimo", "va bene")
        + "(?:grazie|molte grazie|tante grazie)"
        + after("mille", "ancora", "di nuovo", "a tutti")
        + "(?: per (?:l|la risposta|la vostra|la tua|la sua|il vostro|il tuo|il suo)"
        + "(?: aiuto| risposta| supporto| assistenza)?)?"
        + after("cordiali saluti", "saluti");
  }

  private static String portuguese() {
    return before("ok", "perfeito", "ótimo")
        + "(?:muito )?obrigad[oa]"
        + after("novamente", "mais uma vez", "a todos")
        + "(?: pela (?:ajuda|resposta|atenção))?";
  }

  private static String dutch() {
    return before("ok", "oké", "top", "prima", "super", "perfect")
        + "(?:hartelijk dank|bedankt|dank je|dank je wel|dank u|dank u wel|dankjewel|dankuwel)"
        + "(?: voor (?:je|uw|de|jullie)(?: snelle)? (?:hulp|reactie|antwoord))?"
        + after("met vriendelijke groet", "groeten");
  }

  private static String before(String... words) {
    return any(words, "(?:(?:", ") )?");
  }

  private static String after(String... words) {
    return any(words, "(?: (?:", "))?");
  }

  private static String any(String[] words, String open, String close) {
    return Arrays.stream(words).map(Pattern::quote).collect(Collectors.joining("|", open, close));
  }
}
