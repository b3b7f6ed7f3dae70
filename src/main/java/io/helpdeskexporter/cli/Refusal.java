package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.ConfigException;
import io.helpdeskexporter.http.WebConfigException;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.store.StoreException;
import java.io.PrintWriter;

/**
 * How a command that cannot go on says so: one sentence for what an operator can mend, a stack
 * trace for what only we can.
 */
final class Refusal {
  private Refusal() {}

  static void print(Exception failure, PrintWriter out) {
    boolean expected =
        failure instanceof ConfigException
            || failure instanceof WebConfigException
            || failure instanceof SourceException
            || failure instanceof StoreException
            || failure instanceof io.javalin.util.JavalinException
            || failure instanceof Told;
    if (expected) {
      out.println(failure.getMessage());
    } else {
      out.println("This is a defect of helpdesk-exporter; please report it with what follows.");
      failure.printStackTrace(out);
    }
    out.flush();
  }

  /** Something that an operator can mend, found by a command itself. */
  static final class Told extends Exception {
    private static final long serialVersionUID = 1L;

    Told(String sentence) {
      super(sentence);
    }
  }
}
