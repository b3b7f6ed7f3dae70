package io.helpdeskexporter.config;

/** What others reach, as somebody published it. */
public record BenchmarkConfig(
    @Doc("The indicator, by its id; the [KPIs](kpis.md#indicators) list them.") String kpi,
    @Doc("Which of the others reach it, such as median or top_quartile.")
        @Matching(
            value = "[a-z0-9][a-z0-9_]*",
            allowed = "a name of lower-case letters, digits and _, such as top_quartile")
        String level,
    @Doc("What they reach.") WrittenValue value,
    @Doc("Who says so.") String publisher,
    @Doc("When it was published; after 24 months, a warning says that it is old.")
        Edition edition) {}
