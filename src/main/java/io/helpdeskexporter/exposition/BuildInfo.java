package io.helpdeskexporter.exposition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What was built, as the build wrote it into the jar.
 *
 * @param version the Maven version
 * @param revision the commit, or "unknown" for a build that was not told
 */
public record BuildInfo(String version, String revision) {

  private static final String RESOURCE = "/io/helpdeskexporter/build.properties";

  private static final String UNKNOWN = "unknown";

  public BuildInfo {
    requireNotBlank("version", version);
    requireNotBlank("revision", revision);
  }

  /** Reads the properties of the running build. */
  public static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks the resource " + RESOURCE);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
    }
    return new BuildInfo(value(properties, "version"), value(properties, "revision"));
  }

  /**
   * A placeholder that the build did not fill in (classes compiled by an IDE, for one) is unknown.
   */
  private static String value(Properties properties, String key) {
    String value = properties.getProperty(key, "").strip();
    return value.isEmpty() || value.startsWith("${") ? UNKNOWN : value;
  }

  private static void requireNotBlank(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("build " + name + " is blank");
    }
  }
}
