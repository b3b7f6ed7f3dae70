package io.helpdeskexporter.config;

import java.time.LocalDate;
import java.util.Optional;

/** What something costs support each month. What it says of others is checked with them. */
public record CostConfig(
    @Doc("What it is for, such as salaries or licences: the value of the label cost_category.")
        @Matching(
            value = "\\S(.*\\S)?",
            allowed = "a name without blanks around it, such as salaries")
        String category,
    @Doc("What it costs each calendar month.") Money monthly,
    @Doc("Its first day. It costs nothing before it.") LocalDate from,
    @Doc(
            "Its last day. When a figure changes, give the old one a last day and add the new one:"
                + " what is written here holds for all of its time, the past included. Left out:"
                + " it goes on.")
        Optional<LocalDate> until,
    @Doc("The source whose tickets it pays for. May be left out where there is only one.")
        Optional<String> source) {}
