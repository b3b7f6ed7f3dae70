package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The promises of every source, kept over two growing files. */
class FileSourceTest extends SourceContract {
  /** So that a story of some dozen rows takes many pages. */
  private static final int ROWS_PER_PAGE = 3;

  @TempDir private Path folder;

  @Override
  protected Desk openDesk() throws IOException {
    return new FilesDesk(folder);
  }

  @Override
  protected Map<Capability, String> lacks() {
    Map<Capability, String> lacks = new EnumMap<>(Capability.class);
    lacks.put(
        Capability.COUNT,
        "a file does not say how many tickets the helpdesk holds besides its own");
    return lacks;
  }

  /** Writes a row of states into one file and a line for each message into another. */
  private static final class FilesDesk implements Desk {
    private final Path folder;
    private final Map<String, Instant> created = new HashMap<>();

    FilesDesk(Path folder) throws IOException {
      this.folder = folder;
      append("tickets.csv", "id,created_at,updated_at,status");
      Files.createFile(folder.resolve("events.jsonl"));
    }

    @Override
    public String createTicket(Instant at) throws IOException {
      String ticket = "T-" + (created.size() + 1);
      created.put(ticket, at);
      changeStatus(ticket, at, Status.NEW);
      return ticket;
    }

    @Override
    public void changeStatus(String ticket, Instant at, Status to) throws IOException {
      append(
          "tickets.csv", String.join(",", ticket, "" + created.get(ticket), "" + at, to.label()));
    }

    @Override
    public void reply(String ticket, Instant at, Actor by) throws IOException {
      append(
          "events.jsonl",
          """
          {"ticket": "%s", "at": "%s", "kind": "message", "actor": "%s"}\
          """
              .formatted(ticket, at, by));
    }

    @Override
    public Source open() {
      return open(folder);
    }

    @Override
    public Source openUnreachable() {
      return open(folder.resolve("gone"));
    }

    @Override
    public Vocabulary vocabulary() {
      return Vocabulary.CANONICAL;
    }

    @Override
    public void close() {}

    private static Source open(Path folder) {
      Given.TicketsGiven tickets = Given.tickets(folder.resolve("tickets.csv"));
      tickets.updatedAt = Optional.of("updated_at");
      tickets.status = Optional.of("status");
      tickets.rowsAre = Optional.of(RowsAre.SNAPSHOTS);
      Given.EventsGiven events = Given.events(folder.resolve("events.jsonl"));
      FileSettings settings =
          new FileSettings(
              Optional.of(tickets.file()),
              Optional.of(events.file()),
              Map.of(),
              Watermark.NOW,
              true);
      return new FileSource("acme", settings, Told.CLOCK, ROWS_PER_PAGE);
    }

    private void append(String file, String line) throws IOException {
      Files.writeString(
          folder.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
