package io.helpdeskexporter.http;

/** What comes in an {@code Authorization: Bearer} header (RFC 6750). */
final class BearerToken {
  private static final String SCHEME = "bearer ";

  private BearerToken() {}

  /** The token in the header's value; empty text if it holds none. */
  static String in(String authorization) {
    boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return bearer ? authorization.substring(SCHEME.length()).strip() : "";
  }
}
