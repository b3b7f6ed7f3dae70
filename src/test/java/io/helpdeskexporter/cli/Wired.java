package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.config.ConfigException;
import io.helpdeskexporter.config.ConfigLoader;
import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.kpi.Family;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.store.Known;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.store.StoreSettings;
import io.helpdeskexporter.sync.SourcePlan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration of one source as the exporter wires it, with another source in the place of the
 * configured one: what the exporter finds in the store afterwards is its own.
 */
public final class Wired {
  private final Wiring wiring;
  private final ConfiguredSource<?> source;

  private Wired(Wiring wiring) {
    this.wiring = wiring;
    source = wiring.sources().getFirst();
  }

  public static Wired by(Path config) throws ConfigException {
    return new Wired(new Wiring(loader().load(config).value()));
  }

  /** Of every kind of source and every indicator. */
  public static ConfigLoader loader() {
    return Wiring.loader(Map.of());
  }

  public List<Family> families() {
    return wiring.catalogue().families();
  }

  public Store open() {
    Config.Store store = wiring.config().store();
    StoreSettings settings =
        new StoreSettings(
            store.url().orElseThrow(),
            store.user().orElseThrow(),
            store.password().map(Secret::reveal).orElse(""),
            store.poolSize());
    return Store.open(settings, Known.of(families()), Optional.empty());
  }

  public SourceStore stored(Store store) {
    return wiring.stored(store, source);
  }

  /** What the loop of the source has to do, reading {@code instead}. */
  public SourcePlan plan(Source instead) {
    SourcePlan plan = wiring.plan(source, Clock.systemUTC());
    plan.source().close();
    return new SourcePlan(
        plan.name(),
        plan.kind(),
        plan.urlTemplate(),
        instead,
        plan.derivation(),
        plan.fingerprint(),
        plan.pollEvery(),
        plan.horizon(),
        plan.engine());
  }
}
