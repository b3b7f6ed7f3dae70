package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.util.Optional;
import java.util.OptionalLong;

/** What was said on a ticket after the message that opened it. */
record ConversationReader(Staff staff) {
  private static final long NOTE = 2;
  private static final long SURVEY_FEEDBACK = 6;
  private static final long FORWARDED = 8;
  private static final long FEEDBACK_CATEGORY = 7;

  /**
   * The message; empty for what a customer answered to a survey, which looks like a reply and may
   * even have no text.
   */
  Optional<TicketEvent> read(Item item, TicketReader.Read ticket) throws BadItem {
    OptionalLong source = item.number("source");
    OptionalLong category = item.number("category");
    boolean isFeedback =
        source.orElse(0) == SURVEY_FEEDBACK || category.orElse(0) == FEEDBACK_CATEGORY;
    if (isFeedback) {
      return Optional.empty();
    }
    Optional<String> user = item.key("user_id");
    boolean isRequester = user.isPresent() && user.equals(ticket.requester());
    // What answers by itself is no reply, and no bot that talks either.
    Author author =
        item.isTrue("auto_response")
            ? Author.SYSTEM
            : staff.author(
                user, isRequester, category, item.isTrue("incoming"), ticket.isFromBot());
    boolean visible = !item.isTrue("private") && source.orElse(0) != FORWARDED;
    Stamp stamp =
        Stamp.of("conversation/" + item.requiredKey("id"), item.requiredTime("created_at"));
    return Optional.of(new TicketEvent.Message(stamp, author, visible, source.orElse(0) == NOTE));
  }
}
