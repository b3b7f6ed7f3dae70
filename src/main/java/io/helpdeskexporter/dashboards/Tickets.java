package io.helpdeskexporter.dashboards;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tables of single tickets: those that a number is about. Prometheus knows none, so they come from
 * two views of the exporter's own database, in a data source of their own. A Grafana without it
 * says so in their place and shows all else.
 *
 * <p>Choices go into the statements as regular expressions between signs that no name contains,
 * since a team may be called anything, and all of them are {@code .*}.
 */
final class Tickets {
  /** Such as "Mon 23 Nov 08:52". */
  private static final String INSTANT = "time:ddd D MMM HH:mm";

  /** Where the data source is missing or fails, Grafana writes the same text, and a sign. */
  private static final String UNLESS =
      ", unless a red sign beside the title says that tickets cannot be read";

  private Tickets() {}

  /** For dashboards with a choice of helpdesk, team and priority. */
  static Row due() {
    Panel panel =
        table(
                "Due next",
                """
                Unsolved tickets with a running SLA promise, the next deadline first; the first \
                fifty. **Due**: when the next promise to the customer will be broken, by the clock \
                on the wall. A promise that is already broken is not due any more: those are \
                counted under "In breach". **Ticket**: leads to its page, if the source has a \
                url_template.\
                """,
                """
                SELECT
                  ticket AS "Ticket",
                  next_sla_due_at AS "Due",
                  next_sla_due_at AS "At",
                  team AS "Team",
                  priority AS "Priority",
                  status AS "Status",
                  channel AS "Channel",
                  CASE WHEN assigned THEN 'yes' ELSE 'no' END AS "Assigned",
                  CASE WHEN first_reply_at IS NULL THEN 'no' ELSE 'yes' END AS "Answered",
                  created_at AS "Created",
                  source AS "Helpdesk",
                  coalesce(url, '#') AS page,
                  CASE WHEN url IS NULL THEN 'its source has no url_template' ELSE 'Open the ticket' END AS hint
                FROM helpdesk.open_ticket
                WHERE next_sla_due_at IS NOT NULL
                  AND source ~ ('^(' || $chosen$${source:regex}$chosen$ || ')$')
                  AND team ~ ('^(' || $chosen$${team:regex}$chosen$ || ')$')
                  AND priority ~ ('^(' || $chosen$${priority:regex}$chosen$ || ')$')
                ORDER BY next_sla_due_at, ticket
                LIMIT 50
                """)
            .without("no promise is running" + UNLESS)
            .override("Due", Node.of("unit", Unit.MOMENT.grafana(), "custom.width", 125))
            .override("At", Node.of("unit", INSTANT, "custom.width", 145))
            .override("Status", Node.of("mappings", List.of(Look.called("on_hold", "on hold"))))
            .override("Created", Node.of("unit", Unit.MOMENT.grafana(), "custom.width", 125));
    return Row.of("Which tickets", Row.line(Row.slot(Row.COLUMNS, 9, panel)));
  }

  /** For dashboards with a choice of helpdesk and team. */
  static Row lowRatings() {
    Panel panel =
        table(
                "Low ratings",
                """
                Tickets whose newest final answer on satisfaction is 1 or 2 of 5, given in the time \
                shown, the newest first; the first fifty. **Ticket**: leads to its page, if the \
                source has a url_template.\
                """,
                """
                SELECT
                  ticket AS "Ticket",
                  rated_at AS "Rated",
                  rating AS "Of 5",
                  team AS "Team",
                  topic AS "Topic",
                  priority AS "Priority",
                  channel AS "Channel",
                  solved_at AS "Solved",
                  source AS "Helpdesk",
                  coalesce(url, '#') AS page,
                  CASE WHEN url IS NULL THEN 'its source has no url_template' ELSE 'Open the ticket' END AS hint
                FROM helpdesk.low_rating
                WHERE $__timeFilter(rated_at)
                  AND source ~ ('^(' || $chosen$${source:regex}$chosen$ || ')$')
                  AND team ~ ('^(' || $chosen$${team:regex}$chosen$ || ')$')
                ORDER BY rated_at DESC, ticket
                LIMIT 50
                """)
            .without("no low rating in the time shown" + UNLESS)
            .override("Rated", Node.of("unit", INSTANT, "custom.width", 145))
            .override("Topic", Node.of("custom.minWidth", 120))
            .override("Of 5", Node.of("custom.width", 60))
            .override("Solved", Node.of("unit", INSTANT, "custom.width", 145));
    return Row.of("Which tickets", Row.line(Row.slot(Row.COLUMNS, 9, panel)));
  }

  private static Panel table(String title, String description, String sql) {
    return Panel.table(title, Unit.COUNT, description)
        .asking(new Query.Tickets("A", sql))
        .custom(Node.of("minWidth", 85))
        .override("Ticket", page())
        .overrideMatching("^(page|hint)$", Node.of("custom.hidden", true))
        .override("Team", Node.of("custom.minWidth", 140))
        .override("Helpdesk", Node.of("custom.minWidth", 90));
  }

  private static Map<String, @Nullable Object> page() {
    return Node.of(
        "unit",
        "string",
        "custom.width",
        95,
        "links",
        List.of(
            Node.of(
                "title", "${__data.fields.hint}",
                "url", "${__data.fields.page}",
                "targetBlank", true)));
  }
}
