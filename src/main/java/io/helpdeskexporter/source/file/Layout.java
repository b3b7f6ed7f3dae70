package io.helpdeskexporter.source.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a file is written: everything that is needed to find its rows and fields.
 *
 * @param charset unless a byte order mark says otherwise; bytes that it does not know become U+FFFD
 */
record Layout(
    Path path, Format format, char delimiter, char quote, Charset charset, Set<String> missing) {
  /**
   * Encodings with several bytes for a character in which bytes below 0x40 stand for themselves
   * (digits apart), so that row ends can be found without decoding.
   */
  private static final Set<String> MULTIBYTE =
      Set.of(
          "shift_jis",
          "windows-31j",
          "gbk",
          "gb18030",
          "gb2312",
          "big5",
          "big5-hkscs",
          "euc-jp",
          "euc-kr",
          "x-windows-949",
          "x-windows-950");

  private static final Set<Charset> UNICODE =
      Set.of(
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_32,
          StandardCharsets.UTF_32LE,
          StandardCharsets.UTF_32BE);

  static Layout of(
      Path path,
      Format format,
      String delimiter,
      String quote,
      String charset,
      List<String> missing) {
    Charset known = known(charset);
    char by = mark("delimiter", delimiter);
    char around = mark("quote", quote);
    if (by == around) {
      throw new IllegalArgumentException(
          "delimiter and quote are the same, %s; they have to differ".formatted(shown(by)));
    }
    if (!UNICODE.contains(known) && !isSingleByte(known) && (by >= 0x40 || around >= 0x40)) {
      throw new IllegalArgumentException(
          "in %s %s may be half a character; a delimiter and quote such as ; and \" are safe"
              .formatted(charset, shown(by >= 0x40 ? by : around)));
    }
    return new Layout(
        path,
        format,
        by,
        around,
        known,
        missing.stream().map(String::strip).collect(Collectors.toUnmodifiableSet()));
  }

  private static Charset known(String name) {
    Charset charset;
    try {
      charset = Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "charset: found \"%s\"; allowed: a name such as UTF-8, UTF-16, windows-1252"
              .formatted(name),
          unknown);
    }
    if (UNICODE.contains(charset)
        || isSingleByte(charset)
        || MULTIBYTE.contains(charset.name().toLowerCase(Locale.ROOT))) {
      return charset;
    }
    throw new IllegalArgumentException(
        "charset: rows cannot be told apart in \"%s\"; convert the file to UTF-8".formatted(name));
  }

  /** One byte for each character, with ASCII where ASCII has it. */
  private static boolean isSingleByte(Charset charset) {
    String ascii = "\n\r\"',;|\tAz09";
    return charset.canEncode()
        && charset.newEncoder().maxBytesPerChar() == 1.0f
        && ascii.equals(new String(ascii.getBytes(StandardCharsets.US_ASCII), charset));
  }

  private static char mark(String key, String text) {
    if (text.length() != 1 || text.charAt(0) > 0x7e || "\r\n".contains(text)) {
      throw new IllegalArgumentException(
          "%s: found \"%s\"; allowed: one ASCII character".formatted(key, text));
    }
    return text.charAt(0);
  }

  private static String shown(char mark) {
    return mark == '\t' ? "a tab" : String.valueOf(mark);
  }
}
