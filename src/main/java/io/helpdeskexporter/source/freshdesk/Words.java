package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The words for Freshdesk's numbers. Statuses and sources of the account's own have the labels that
 * agents see; where these are not known, the number is the word.
 */
final class Words {
  static final long OPEN = 2;
  static final long PENDING = 3;
  static final long RESOLVED = 4;
  static final long CLOSED = 5;
  static final long OUTBOUND_EMAIL = 10;
  static final long BOT = 12;

  /** An open ticket that nobody has and nobody answered; Freshdesk has no word for it. */
  static final String NEW = "new";

  /** Above these, labels are those of the account. */
  private static final long LAST_FIXED_STATUS = CLOSED;

  private static final Map<Long, String> STATUSES =
      Map.of(
          OPEN,
          "open",
          PENDING,
          "pending",
          RESOLVED,
          "resolved",
          CLOSED,
          "closed",
          6L,
          "waiting on customer",
          7L,
          "waiting on third party");

  private static final Map<Long, String> PRIORITIES =
      Map.of(1L, "low", 2L, "medium", 3L, "high", 4L, "urgent");

  private static final Map<Long, String> CHANNELS =
      Map.ofEntries(
          Map.entry(1L, "email"),
          Map.entry(2L, "portal"),
          Map.entry(3L, "phone"),
          Map.entry(4L, "forum"),
          Map.entry(5L, "twitter"),
          Map.entry(6L, "facebook"),
          Map.entry(7L, "chat"),
          Map.entry(8L, "mobihelp"),
          Map.entry(9L, "feedback widget"),
          Map.entry(OUTBOUND_EMAIL, "outbound email"),
          Map.entry(11L, "ecommerce"),
          Map.entry(BOT, "bot"),
          Map.entry(13L, "whatsapp"));

  /** What the words that are the same in all accounts mean. */
  static final Vocabulary VOCABULARY =
      new Vocabulary(
          Map.of(
              "resolved", Status.SOLVED,
              "waiting on customer", Status.PENDING,
              "waiting on third party", Status.ON_HOLD),
          Map.of("medium", Priority.NORMAL),
          Map.of(
              "portal", Channel.WEB,
              "forum", Channel.WEB,
              "feedback widget", Channel.WEB,
              "twitter", Channel.SOCIAL,
              "facebook", Channel.SOCIAL,
              "mobihelp", Channel.MESSAGING,
              "whatsapp", Channel.MESSAGING,
              "outbound email", Channel.OUTBOUND,
              "ecommerce", Channel.OTHER),
          Map.of());

  /** Those of an account whose fields are not known. */
  static final Words USUAL = new Words();

  private final Map<Long, String> ownStatuses = new TreeMap<>();
  private final Map<Long, String> ownChannels = new TreeMap<>();
  private final Map<String, Long> statusNumbers = new HashMap<>();

  private Words() {
    STATUSES.forEach((number, word) -> statusNumbers.put(word, number));
  }

  /**
   * @param fields those of tickets; the choices of a status are a list of the agents' label and the
   *     customers', by its number, and those of a source its number by its label
   */
  static Words of(List<Item> fields) {
    Words words = new Words();
    for (Item field : fields) {
      try {
        switch (field.text("name").orElse("")) {
          case "status" -> field.item("choices").fields(words::status);
          case "source" -> field.item("choices").fields(words::channel);
          default -> {
            // Has no number that stands for a word.
          }
        }
      } catch (BadItem e) {
        // A field without a name is none of these.
      }
    }
    return words;
  }

  private void status(String number, Item labels) {
    for (int i = 0; i < labels.json().size(); i++) {
      String label = labels.json().get(i).asString("").strip();
      OptionalLong parsed = number(number);
      if (!label.isEmpty() && parsed.isPresent()) {
        statusNumbers.putIfAbsent(folded(label), parsed.getAsLong());
        if (i == 0 && parsed.getAsLong() > LAST_FIXED_STATUS) {
          ownStatuses.put(parsed.getAsLong(), label);
        }
      }
    }
  }

  private void channel(String label, Item number) {
    OptionalLong parsed = number(number.value().orElse(""));
    if (!label.isBlank() && parsed.isPresent() && !CHANNELS.containsKey(parsed.getAsLong())) {
      ownChannels.put(parsed.getAsLong(), label.strip());
    }
  }

  String status(long number) {
    String usual = STATUSES.getOrDefault(number, Long.toString(number));
    return ownStatuses.getOrDefault(number, usual);
  }

  /** The number of what an activity names: a number, or a label in whatever language. */
  OptionalLong statusNumber(String text) {
    OptionalLong number = number(text);
    Long named = statusNumbers.get(folded(text));
    return number.isEmpty() && named != null ? OptionalLong.of(named) : number;
  }

  String channel(long number) {
    String usual = CHANNELS.getOrDefault(number, Long.toString(number));
    return ownChannels.getOrDefault(number, usual);
  }

  static String priority(long number) {
    return PRIORITIES.getOrDefault(number, Long.toString(number));
  }

  /** The account's own statuses, in the order of their numbers. */
  List<String> ownStatuses() {
    return List.copyOf(ownStatuses.values());
  }

  private static OptionalLong number(String text) {
    return text.strip().matches("-?\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(text.strip()))
        : OptionalLong.empty();
  }

  private static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  /** The word of a number in a field. */
  Optional<String> statusOf(Item item) throws BadItem {
    OptionalLong number = item.number("status");
    return number.isPresent() ? Optional.of(status(number.getAsLong())) : Optional.empty();
  }
}
