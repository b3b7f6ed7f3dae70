package io.helpdeskexporter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor time, which unlike the clock on the wall hardly depends on what else the machine does.
 *
 * @param javaSeconds of this process
 * @param postgresSeconds of the PostgreSQL that this process runs
 */
record Cpu(double javaSeconds, double postgresSeconds) {
  /** Linux counts processor time in these. */
  private static final double TICKS_PER_SECOND = 100;

  /** What has been used so far. */
  static Cpu now() throws IOException {
    double postgres = 0;
    for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
      Path folder = Path.of("/proc", Long.toString(process.pid()));
      try {
        if (Files.readString(folder.resolve("comm")).strip().equals("postgres")) {
          postgres += seconds(folder, true);
        }
      } catch (IOException gone) {
        // It has just ended, and its time is now among that of its parent's children.
      }
    }
    return new Cpu(seconds(Path.of("/proc/self"), false), postgres);
  }

  Cpu since(Cpu earlier) {
    return new Cpu(
        javaSeconds - earlier.javaSeconds, Math.max(0, postgresSeconds - earlier.postgresSeconds));
  }

  Cpu and(Cpu other) {
    return new Cpu(javaSeconds + other.javaSeconds, postgresSeconds + other.postgresSeconds);
  }

  double both() {
    return javaSeconds + postgresSeconds;
  }

  /** What a process has used, in seconds. */
  static double seconds(Path folder, boolean endedChildrenToo) throws IOException {
    String stat = Files.readString(folder.resolve("stat"));
    // The name, in brackets, may hold anything.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    long ticks = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
    if (endedChildrenToo) {
      ticks += Long.parseLong(fields.get(13)) + Long.parseLong(fields.get(14));
    }
    return ticks / TICKS_PER_SECOND;
  }
}
