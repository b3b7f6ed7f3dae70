package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.demo.ChildProcess.Signal;
import io.helpdeskexporter.fixtures.ExporterProcess;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StopTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void whatDoesNotEndIsNotWaitedForWithoutLimit() throws InterruptedException {
    try (var process = ExporterProcess.of(Stubborn.class).start()) {
      process.awaitOutput("working", LIMIT);

      process.send(Signal.TERM);

      assertThat(process.awaitExit(LIMIT)).isEqualTo(143);
      assertThat(process.stderr()).contains("ending as it is");
      assertThat(process.stdout()).contains("asked");
    }
  }

  @Test
  void whatEndsWhenAskedIsCleanedUpBeforeTheProcessIsGone() throws InterruptedException {
    try (var process = ExporterProcess.of(Obedient.class).start()) {
      process.awaitOutput("working", LIMIT);

      process.send(Signal.TERM);

      assertThat(process.awaitExit(LIMIT)).isEqualTo(143);
      assertThat(process.stdout()).endsWith("cleaned up\n");
    }
  }

  @Test
  void theHelpOfACommandThatRunsSaysHowItIsEnded() {
    assertThat(Main.commandLine().getSubcommands())
        .extractingByKeys("run", "demo")
        .allSatisfy(
            command ->
                assertThat(command.getUsageMessage())
                    .contains("Ctrl-C or SIGTERM ends it: within 25 seconds"));
  }

  static final class Stubborn {
    public static void main(String[] args) throws InterruptedException {
      try (var stop = new Stop(Duration.ofSeconds(1))) {
        stop.whenAsked(() -> System.out.println("asked"));
        System.out.println("working");
        Thread.currentThread().join();
      }
    }
  }

  static final class Obedient {
    public static void main(String[] args) throws InterruptedException {
      var asked = new CountDownLatch(1);
      try (var stop = new Stop()) {
        stop.whenAsked(asked::countDown);
        System.out.println("working");
        asked.await();
        System.out.println("cleaned up");
      }
    }
  }
}
