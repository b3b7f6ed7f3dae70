package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.time.Instant;
import java.util.List;

/** What became of SLA targets. Not every plan has it. */
final class MetricStream implements StreamReader {
  private final Account account;
  private final TimeExport export;
  private final Schedules schedules;
  private final MetricRows rows;

  MetricStream(Account account, ZendeskSettings settings, TimeExport export, Schedules schedules) {
    this.account = account;
    this.export = export;
    this.schedules = schedules;
    this.rows = new MetricRows(settings.resolutionSla(), schedules);
  }

  @Override
  public Page fetch(Cursor cursor) throws SourceException, InterruptedException {
    TimeExport.At at = export.position(cursor);
    account.requireLogin();
    Answer answer = ask(at);
    return account.isSwitchedOff(answer)
        ? Account.switchedOff(Position.save(at), answer)
        : export.page(answer, at, "ticket_metric_events", this::read, schedules::readings);
  }

  /**
   * @param since in seconds of the epoch
   */
  boolean isSwitchedOff(long since) throws SourceException, InterruptedException {
    return account.isSwitchedOff(ask(new TimeExport.At(since, since)));
  }

  private Answer ask(TimeExport.At at) throws SourceException, InterruptedException {
    return export.ask(
        Call.get("metric events", "/api/v2/incremental/ticket_metric_events")
            .with("include_changes", true)
            .limitedBy(ZendeskManners.ACCOUNT, ZendeskManners.EXPORTS),
        at,
        403,
        404);
  }

  private void read(List<Item> events, Instant settled, Harvest harvest)
      throws SourceException, InterruptedException {
    for (Item row : events) {
      try {
        if (MetricRows.needsSchedules(row)) {
          schedules.load();
          break;
        }
      } catch (BadItem e) {
        // Left out, and said so, when it is read.
      }
    }
    harvest.each(
        "metric event",
        "id",
        events,
        row -> {
          String ticket = row.requiredKey("ticket_id");
          rows.read(row, settled).ifPresent(event -> harvest.event(ticket, event));
        });
  }
}
