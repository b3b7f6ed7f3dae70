package io.helpdeskexporter.source.salesforce;

/** Ids of rows: 15 characters whose case matters, and three more that say what it is. */
final class Ids {
  private static final int SHORT = 15;
  private static final int CHUNK = 5;
  private static final String SUFFIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
  private static final String USER = "005";
  private static final String QUEUE = "00G";

  private Ids() {}

  /** An id in its long form; anything else as it is. */
  static String whole(String id) {
    if (id.length() != SHORT) {
      return id;
    }
    StringBuilder whole = new StringBuilder(id);
    for (int from = 0; from < SHORT; from += CHUNK) {
      int capitals = 0;
      for (int i = 0; i < CHUNK; i++) {
        char letter = id.charAt(from + i);
        capitals |= letter >= 'A' && letter <= 'Z' ? 1 << i : 0;
      }
      whole.append(SUFFIXES.charAt(capitals));
    }
    return whole.toString();
  }

  static boolean isOwner(String text) {
    return isUser(text) || isQueue(text);
  }

  static boolean isUser(String text) {
    return isId(text, USER);
  }

  static boolean isQueue(String text) {
    return isId(text, QUEUE);
  }

  private static boolean isId(String text, String prefix) {
    return text.startsWith(prefix) && text.matches("[A-Za-z0-9]{15}([A-Za-z0-9]{3})?");
  }
}
