package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.TicketEvent.AssigneeChanged;
import io.helpdeskexporter.domain.TicketEvent.Merged;
import io.helpdeskexporter.domain.TicketEvent.Message;
import io.helpdeskexporter.domain.TicketEvent.StatusChanged;
import io.helpdeskexporter.domain.TicketEvent.TeamChanged;
import io.helpdeskexporter.domain.TicketEvent.TimeLogged;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.fixtures.RequestTracker;
import io.helpdeskexporter.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Played into a running Request Tracker as people would do it, and read back. */
class Rt5LiveTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  private final RequestTracker rt = RequestTracker.shared();
  private final Drained drained = new Drained();
  private Source source;

  @BeforeEach
  void open() {
    Database database = rt.database();
    source =
        new SqlKind()
            .open(
                "rt",
                SqlSettings.of(
                    "rt5",
                    database.jdbcUrl(),
                    Optional.of(database.user()),
                    Optional.of(Secret.of(database.password())),
                    Map.of(
                        "bots",
                        List.of(RequestTracker.HELPERBOT),
                        "channel_field",
                        "Contact Channel")),
                Clock.systemUTC());
  }

  @AfterEach
  void close() {
    source.close();
    rt.resetClock();
  }

  @Test
  void aTicketFromMailToItsReopening() throws Exception {
    rt.setClock(NINE);
    String ticket =
        Long.toString(rt.mailTicket("ann@customer.test", RequestTracker.IT_HELP, "Screen"));
    drained.poll(source);
    rt.setClock(NINE.plusSeconds(60));
    rt.correspond(RequestTracker.HELPERBOT, Long.parseLong(ticket), Map.of());
    rt.setClock(NINE.plusSeconds(600));
    rt.take(RequestTracker.LARS, Long.parseLong(ticket));
    rt.setClock(NINE.plusSeconds(900));
    rt.correspond(RequestTracker.LARS, Long.parseLong(ticket), Map.of("TimeTaken", 7));
    rt.update(RequestTracker.LARS, Long.parseLong(ticket), Map.of("Status", "solved"));
    rt.setClock(NINE.plusSeconds(3600));
    rt.mailReply("ann@customer.test", Long.parseLong(ticket));
    drained.poll(source);

    assertThat(drained.events(ticket, Message.class))
        .extracting(m -> m.author().actor(), m -> m.author().id(), Message::at)
        .containsExactly(
            tuple(Actor.BOT, Optional.of(RequestTracker.HELPERBOT), NINE.plusSeconds(60)),
            tuple(Actor.AGENT, Optional.of(RequestTracker.LARS), NINE.plusSeconds(900)),
            tuple(Actor.CUSTOMER, Optional.empty(), NINE.plusSeconds(3600)));
    assertThat(drained.events(ticket, StatusChanged.class))
        .extracting(StatusChanged::to, StatusChanged::by)
        .containsExactly(
            tuple("it/in progress", Actor.SYSTEM),
            tuple("it/solved", Actor.AGENT),
            tuple("it/in progress", Actor.SYSTEM));
    assertThat(drained.events(ticket, AssigneeChanged.class))
        .extracting(AssigneeChanged::to)
        .containsExactly(Optional.of(RequestTracker.LARS));
    assertThat(drained.events(ticket, TimeLogged.class))
        .extracting(TimeLogged::spent)
        .containsExactly(Duration.ofMinutes(7));
    assertThat(drained.ticket(ticket))
        .satisfies(
            read -> {
              assertThat(read.createdAt()).isEqualTo(NINE);
              assertThat(read.status()).contains("it/in progress");
              assertThat(read.assignee()).contains(RequestTracker.LARS);
              assertThat(read.team()).contains(RequestTracker.IT_HELP);
              assertThat(read.channel()).contains("Email");
              assertThat(read.topics()).containsExactly("sla:gold");
            });
  }

  @Test
  void aMergeKeepsTheHistoriesApart() throws Exception {
    long survivor = rt.mailTicket("cy@customer.test", RequestTracker.FACILITIES, "Printer");
    long twin = rt.mailTicket("cy@customer.test", RequestTracker.FACILITIES, "Printer again");
    rt.correspond(RequestTracker.INES, twin, Map.of("TimeTaken", 4));
    drained.poll(source);

    rt.merge(RequestTracker.INES, twin, survivor);
    rt.correspond(RequestTracker.INES, survivor, Map.of("TimeTaken", 6));
    drained.poll(source);

    assertThat(drained.events(Long.toString(twin), Merged.class))
        .extracting(Merged::into)
        .containsExactly(Long.toString(survivor));
    assertThat(drained.events(Long.toString(survivor), Merged.class)).isEmpty();
    assertThat(drained.events(Long.toString(survivor), TimeLogged.class))
        .extracting(TimeLogged::spent)
        .as("the twin's time is not the survivor's too")
        .containsExactly(Duration.ofMinutes(6));
    assertThat(drained.events(Long.toString(twin), Message.class)).hasSize(1);
  }

  @Test
  void aMoveToAQueueWithOtherWords() throws Exception {
    long number = rt.mailTicket("eve@customer.test", RequestTracker.FACILITIES, "Light");
    String ticket = Long.toString(number);
    rt.update(RequestTracker.LARS, number, Map.of("Status", "open"));
    rt.update(RequestTracker.LARS, number, Map.of("Queue", RequestTracker.IT_HELP));
    drained.poll(source);

    assertThat(drained.events(ticket, TeamChanged.class))
        .extracting(TeamChanged::from, TeamChanged::to)
        .containsExactly(
            tuple(Optional.of(RequestTracker.FACILITIES), Optional.of(RequestTracker.IT_HELP)));
    List<StatusChanged> statuses = drained.events(ticket, StatusChanged.class);
    assertThat(statuses.getFirst())
        .extracting(StatusChanged::from, StatusChanged::to)
        .containsExactly(Optional.of("new"), "open");
    assertThat(statuses.getLast())
        .extracting(StatusChanged::from, StatusChanged::by)
        .containsExactly(Optional.of("open"), Actor.SYSTEM);
    assertThat(statuses.getLast().to()).startsWith("it/");
    assertThat(drained.ticket(ticket).status()).contains(statuses.getLast().to());
  }

  @Test
  void theChannelFieldAndPhoneCallsThatStaffWritesDown() throws Exception {
    long number =
        rt.createTicket(
            RequestTracker.INES,
            RequestTracker.FACILITIES,
            "bo@customer.test",
            "Door",
            Map.of("CustomFields", Map.of("Contact Channel", "call")));
    rt.comment(RequestTracker.INES, number, Map.of());
    drained.poll(source);

    assertThat(drained.ticket(Long.toString(number)))
        .satisfies(
            read -> {
              assertThat(read.channel()).contains("call");
              assertThat(read.openedBy()).isEqualTo(Actor.CUSTOMER);
            });
    assertThat(drained.events(Long.toString(number), Message.class))
        .singleElement()
        .extracting(Message::visible)
        .isEqualTo(false);
  }
}
