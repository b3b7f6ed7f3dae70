package io.helpdeskexporter.source.file;

/**
 * A column that the configuration names.
 *
 * @param key what it is mapped to, such as {@code created_at}
 * @param name its name in the file, such as {@code opened_at}
 * @param needed whether a file without it cannot be read
 */
record Column(String key, String name, boolean needed) {
  @Override
  public String toString() {
    return "\"" + name + "\" (" + key + ")";
  }
}
