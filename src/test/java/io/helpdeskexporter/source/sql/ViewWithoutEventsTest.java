package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewWithoutEventsTest extends SourceContract {
  @Override
  protected Desk openDesk() {
    return ViewDesk.onPostgres(false);
  }

  @Override
  protected Map<Capability, String> lacks() {
    return Map.of(
        Capability.REPLIES, "a view of tickets has no messages; the view of events is missing",
        Capability.STATUS_HISTORY, "a view of tickets shows the present status only");
  }

  @Test
  void aLookAtItSaysWhatIsMissing() throws Exception {
    try (Source source = ViewDesk.onPostgres(false).open()) {
      Inspection seen = source.inspect();

      assertThat(seen.notes())
          .containsExactly(
              "events: there is no support_events; what happened to tickets is followed by"
                  + " polling them");
    }
  }
}
