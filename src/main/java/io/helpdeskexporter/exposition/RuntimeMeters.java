package io.helpdeskexporter.exposition;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/**
 * What the process itself is worth watching for: memory, collector, threads, classes, CPU, files,
 * age.
 */
public final class RuntimeMeters implements AutoCloseable {

  private final JvmGcMetrics collector = new JvmGcMetrics();

  private RuntimeMeters() {}

  /** Binds them all; closing the result stops listening to the collector. */
  public static RuntimeMeters bind(MeterRegistry registry) {
    RuntimeMeters meters = new RuntimeMeters();
    meters.collector.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return meters;
  }

  @Override
  public void close() {
    collector.close();
  }
}
