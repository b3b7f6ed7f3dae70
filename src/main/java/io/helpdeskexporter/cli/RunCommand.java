package io.helpdeskexporter.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    description = {
      "Reads the configured sources and serves their KPIs until it is stopped.",
      Stop.HOW
    },
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private ListenOptions listen = new ListenOptions();

  @Override
  public Integer call() throws Exception {
    Wiring wiring = new Wiring(listen.over(config.load()));
    Logging.set(wiring.config().log());
    try (Stop stop = new Stop();
        OwnStore store = OwnStore.of(wiring.config().store())) {
      Service.run(wiring, store.settings(), Clock.systemUTC(), stop, _ -> {});
    }
    return 0;
  }
}
