package io.helpdeskexporter.push;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;

/** What a source of kind {@code push} is told. */
@Doc("Has nothing to be read: all that is known of it is pushed.")
public record PushSettings(
    @Doc(
            "Whether messages are pushed. Without them replies are unmeasured; with them, a ticket"
                + " without any is one that nobody has answered.")
        @Default("true")
        boolean messages) {}
