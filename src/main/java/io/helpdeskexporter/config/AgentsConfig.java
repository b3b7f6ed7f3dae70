package io.helpdeskexporter.config;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Numbers about single agents, under pseudonyms, for those who may see them. */
public record AgentsConfig(
    @Doc(
            "What whoever reads /metrics/agents sends as a bearer token, at least 16 characters;"
                + " best from a file: ${file:/run/secrets/agents-token}.")
        Secret token,
    @Doc(
            "What the hashes that stand for agents are made with, at least 16 characters; best from"
                + " a file. Another key gives every agent another hash.")
        Secret key,
    @Doc("Agents per source; those who come later are shown as other.")
        @Default("50")
        @Min("1")
        @Max("500")
        int maxSeries,
    @Doc(
            "What to show instead of a hash, by the agent's id in the source. No names or"
                + " addresses.")
        @Default("{}")
        Map<String, String> aliases) {
  private static final int SHORTEST = 16;

  public AgentsConfig {
    require(token, "token");
    require(key, "key");
    if (token.reveal().equals(key.reveal())) {
      throw new IllegalArgumentException("found the same token and key; allowed: different ones");
    }
    aliases = Ordered.copyOf(aliases);
    Set<String> seen = new HashSet<>();
    for (String alias : aliases.values()) {
      if (alias.isBlank() || alias.contains("@") || alias.equals("other") || !seen.add(alias)) {
        throw new IllegalArgumentException(
            "aliases: found %s; allowed: different ones, no addresses, not other"
                .formatted(seen.contains(alias) ? "\"" + alias + "\" twice" : "\"" + alias + "\""));
      }
    }
  }

  private static void require(Secret secret, String name) {
    if (secret.reveal().length() < SHORTEST) {
      throw new IllegalArgumentException(
          "%s: found one of %d characters; allowed: at least %d"
              .formatted(name, secret.reveal().length(), SHORTEST));
    }
  }
}
