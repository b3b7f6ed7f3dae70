package io.helpdeskexporter.source.file;

import io.helpdeskexporter.config.Doc;
import java.util.Optional;

/** Which column holds what. */
public record EventColumns(
    @Doc("The ticket's key.") String ticket,
    @Doc(
            "The event's own key, unique within the ticket; where there is none, two events with"
                + " the same content are one.")
        Optional<String> key,
    @Doc("A whole number that orders the events of a ticket; where there is none, time does.")
        Optional<String> sequence,
    @Doc("When it happened.") String at,
    @Doc("What happened; see kinds.") String kind,
    @Doc("The agent's or bot's key.") Optional<String> author,
    @Doc("Who acted: customer, agent, bot or system; needed where somebody wrote.")
        Optional<String> actor,
    @Doc("The status, priority, team or agent before.") Optional<String> from,
    @Doc(
            "The one after; the ticket it was merged into; why it is excluded; or the kind of"
                + " escalation: functional, hierarchical.")
        Optional<String> to,
    @Doc("Working time, or the promised time of an SLA, in seconds.") Optional<String> seconds,
    @Doc(
            "Of working time: how many chats were held at once, by which it is divided. Left out:"
                + " 1.")
        Optional<String> concurrency,
    @Doc("Whether the customer sees a message; left out: yes.") Optional<String> visible,
    @Doc("What an SLA promises: first_response, next_response, resolution or other.")
        Optional<String> metric,
    @Doc("The deadline of an SLA; no value where it was taken away.") Optional<String> dueAt,
    @Doc(
            "The mood of a customer's message: a number from -1 to 1, or negative, neutral,"
                + " positive or unknown.")
        Optional<String> sentiment,
    @Doc(
            "A customer's message itself, whose mood is judged by an English lexicon, and whether"
                + " it says nothing but thanks. It is neither stored nor shown. Left out, as is"
                + " best where it is not needed: texts are not read.")
        Optional<String> text,
    @Doc(
            "Whether a customer's message says nothing but thanks, for kpi.fcr.ignore_thanks. Left"
                + " out: judged where the text is named, or else no.")
        Optional<String> thanks,
    @Doc("What a customer is asked: csat, nps, ces or fcr. Left out: csat.")
        Optional<String> survey,
    @Doc("What the customer answers: a whole number, or good and bad; to fcr yes or no.")
        Optional<String> score,
    @Doc(
            "The scale of the answer: a column that names it, or itself. For csat 1-5, 0-5, binary,"
                + " 1-3 or 1-4; for nps 0-10; for ces 1-7, or 1-5 of which 1 is the best. Left out:"
                + " the first of these, or what kpi.ces.scale says.")
        Optional<String> scale,
    @Doc("The name of the survey, where there are several of a kind.") Optional<String> name) {}
