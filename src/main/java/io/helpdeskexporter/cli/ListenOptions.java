package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Config;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * What other exporters let one say on the command line about listening; it goes before the
 * configuration file.
 */
final class ListenOptions {
  @Option(
      names = "--web.listen-address",
      paramLabel = "[ADDRESS]:PORT",
      description = "Listen here instead of where the configuration says.")
  private Optional<String> address = Optional.empty();

  @Option(
      names = "--web.config.file",
      paramLabel = "FILE",
      description = "TLS and basic authentication, in the format that Prometheus exporters share.")
  private Optional<Path> webConfigFile = Optional.empty();

  Config over(Config config) throws Refusal.Told {
    Config.Listen was = config.listen();
    String host = was.address();
    int port = was.port();
    if (address.isPresent()) {
      int colon = address.get().lastIndexOf(':');
      String before = colon < 0 ? "" : address.get().substring(0, colon);
      host = before.isEmpty() ? host : before;
      port = port(address.get().substring(colon + 1));
    }
    Config.Listen now =
        new Config.Listen(host, port, webConfigFile.or(was::webConfigFile), was.explainUsers());
    return new Config(
        now,
        config.store(),
        config.reporting(),
        config.labels(),
        config.log(),
        config.calendars(),
        config.sla(),
        config.kpi(),
        config.objectives(),
        config.goals(),
        config.benchmarks(),
        config.reports(),
        config.agents(),
        config.wallboard(),
        config.sources());
  }

  private static int port(String text) throws Refusal.Told {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is no port.
    }
    throw new Refusal.Told(
        "--web.listen-address: found port \"" + text + "\"; allowed: 0 to 65535");
  }
}
