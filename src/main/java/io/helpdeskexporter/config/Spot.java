package io.helpdeskexporter.config;

import java.util.regex.Pattern;

/**
 * A place in the file.
 *
 * @param path such as {@code sources[1].poll_every}; empty for the whole
 * @param parent the path of the map or list that holds it
 * @param key its key in that map; empty for an item of a list
 * @param line counted from 1
 */
record Spot(String path, String parent, String key, int line) {
  private static final Pattern PLAIN = Pattern.compile("[\\w-]+");

  static Spot root(int line) {
    return new Spot("", "", "", line);
  }

  Spot key(String name, int at) {
    String step =
        PLAIN.matcher(name).matches()
            ? (path.isEmpty() ? "" : ".") + name
            : "[" + Words.quoted(name) + "]";
    return new Spot(path + step, path, name, at);
  }

  Spot item(int index, int at) {
    return new Spot(path + "[" + index + "]", path, "", at);
  }

  Spot at(int other) {
    return new Spot(path, parent, key, other);
  }
}
