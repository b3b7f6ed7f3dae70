package io.helpdeskexporter.config;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param line counted from 1; 0 where it concerns the file as a whole
 * @param key the key's path, such as {@code sources[1].poll_every}; empty where no key is concerned
 * @param text what was found and what is allowed; never a secret
 */
public record Problem(int line, String key, String text) {
  String in(String file) {
    return file + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + text;
  }
}
