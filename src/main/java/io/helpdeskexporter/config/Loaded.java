package io.helpdeskexporter.config;

import java.nio.file.Path;
import java.util.List;

/** A record with the places in the file that its values came from. */
public final class Loaded<R extends Record> {
  private final R value;
  private final Path file;
  private final Outline outline;

  Loaded(R value, Path file, Outline outline) {
    this.value = value;
    this.file = file;
    this.outline = outline;
  }

  public R value() {
    return value;
  }

  public Path file() {
    return file;
  }

  /**
   * A problem that only whoever uses the value could notice, located at its line.
   *
   * @param key its path, such as {@code calendars.berlin.hours}
   * @param text what was found and what is allowed, without secrets
   */
  public ConfigException refuse(String key, String text) {
    return new ConfigException(file.toString(), List.of(new Problem(outline.line(key), key, text)));
  }
}
