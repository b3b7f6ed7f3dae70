package io.helpdeskexporter.source.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a system is. Every request goes below it, whatever links an answer contains: credentials
 * are for this host alone.
 */
public final class Address {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI base;

  private Address(URI base) {
    this.base = base;
  }

  /**
   * The address that is written as {@code https://HOST} or {@code https://HOST/PATH}.
   *
   * @param key the key of the configuration, for the error
   * @throws IllegalArgumentException if it is none, or would send credentials in the clear
   */
  public static Address parse(String key, String text) {
    String stripped = text.strip().replaceFirst("/+$", "");
    URI uri;
    try {
      uri = new URI(stripped);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          key + ": found no URL; allowed: one such as https://example.com", e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (host.isEmpty() || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          key + ": found no plain URL; allowed: one such as https://example.com");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          key + ": found credentials in it; allowed: a URL without them");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && THIS_MACHINE.contains(host))) {
      throw new IllegalArgumentException(
          "%s: found %s://; allowed: https://, because credentials are sent there"
              .formatted(key, scheme));
    }
    return new Address(uri);
  }

  /**
   * The URI of a path below this address.
   *
   * @param path begins with a slash and is encoded already
   * @param parameters names and values, not encoded yet
   */
  URI resolve(String path, List<Map.Entry<String, String>> parameters) {
    if (!path.startsWith("/") || path.contains("?") || path.contains("#")) {
      throw new IllegalArgumentException("no path: " + path);
    }
    String query =
        parameters.stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
  }

  /** The host with its port, for messages. */
  public String host() {
    return base.getRawAuthority();
  }

  private static String encoded(String text) {
    // Form encoding writes a space as a plus, which some servers read as one.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
