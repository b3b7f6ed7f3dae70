package io.helpdeskexporter.exposition;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.management.ManagementFactory;
import java.util.Set;

/**
 * What the process itself is worth watching for: memory, collector, threads, classes, CPU, files,
 * age.
 */
public final class RuntimeMeters implements AutoCloseable {

  /**
   * Micrometer's names for these are not ones that Prometheus knows: nanoseconds are no base unit,
   * and {@code _count} belongs to histograms.
   */
  private static final Set<String> MISNAMED = Set.of("process.cpu.time", "system.cpu.count");

  private static final double NANOS_PER_SECOND = 1e9;

  private final JvmGcMetrics collector = new JvmGcMetrics();

  private RuntimeMeters() {}

  /** Binds them all; closing the result stops listening to the collector. */
  public static RuntimeMeters bind(MeterRegistry registry) {
    RuntimeMeters meters = new RuntimeMeters();
    registry.config().meterFilter(MeterFilter.deny(id -> MISNAMED.contains(id.getName())));
    meters.collector.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    cpuTime(registry);
    return meters;
  }

  /** {@code process_cpu_seconds_total}, as with every other exporter. */
  private static void cpuTime(MeterRegistry registry) {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      FunctionCounter.builder(
              "process.cpu", system, it -> it.getProcessCpuTime() / NANOS_PER_SECOND)
          .baseUnit("seconds")
          .description("User and system CPU time spent by the process.")
          .register(registry);
    }
  }

  @Override
  public void close() {
    collector.close();
  }
}
