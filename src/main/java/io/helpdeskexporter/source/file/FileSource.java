package io.helpdeskexporter.source.file;

import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Files of tickets, of events, or of both. */
final class FileSource implements Source {
  static final Stream TICKETS = new Stream("tickets");
  static final Stream EVENTS = new Stream("events");

  private final String name;
  private final FileSettings settings;
  private final Clock clock;
  private final int rowsPerPage;
  private final Map<Stream, Feed> feeds;

  FileSource(String name, FileSettings settings, Clock clock, int rowsPerPage) {
    this.name = name;
    this.settings = settings;
    this.clock = clock;
    this.rowsPerPage = rowsPerPage;
    this.feeds = feeds(_ -> {});
  }

  @Override
  public List<Stream> streams() {
    return List.copyOf(feeds.keySet());
  }

  @Override
  public Page fetch(Stream stream, Cursor cursor) throws SourceException, InterruptedException {
    Feed feed = feeds.get(stream);
    if (feed == null) {
      throw new IllegalArgumentException("source %s has no %s".formatted(name, stream));
    }
    return feed.fetch(cursor);
  }

  /** A file does not say how many tickets there are besides those in it. */
  @Override
  public OptionalLong countTickets() {
    return OptionalLong.empty();
  }

  /** Reads everything once, apart from any reading that is under way. */
  @Override
  public Inspection inspect() throws SourceException, InterruptedException {
    Tally tally = new Tally();
    for (Map.Entry<Stream, Feed> each : feeds(tally::saw).entrySet()) {
      try (Feed feed = each.getValue()) {
        tally.count(each.getKey(), feed);
      }
    }
    if (settings.hidesWhenStatusesBegan()) {
      tally.note(
          "nothing tells since when a ticket has its status, so a solved one counts as solved when"
              + " it was created; map tickets.columns.updated_at without rows_are: current, or"
              + " reported.solved_at");
    }
    return tally.inspection();
  }

  @Override
  public void close() {
    feeds.values().forEach(Feed::close);
  }

  /**
   * @param witness sees what each row tells
   */
  private Map<Stream, Feed> feeds(Consumer<Change> witness) {
    Map<Stream, Feed> all = new LinkedHashMap<>();
    settings
        .tickets()
        .ifPresent(
            file ->
                all.put(
                    TICKETS,
                    feed(
                        file.layout(),
                        new TicketRows(file, settings.events().isPresent()),
                        witness)));
    settings
        .events()
        .ifPresent(file -> all.put(EVENTS, feed(file.layout(), new EventRows(file), witness)));
    new TreeMap<>(settings.streams())
        .forEach(
            (name, file) ->
                all.put(
                    new Stream(name), feed(file.layout(), new HappeningRows(name, file), witness)));
    return all;
  }

  private Feed feed(Layout layout, RowMapper rows, Consumer<Change> witness) {
    return new Feed(
        layout, rows, settings.follow(), settings.watermark(), clock, rowsPerPage, witness);
  }
}
