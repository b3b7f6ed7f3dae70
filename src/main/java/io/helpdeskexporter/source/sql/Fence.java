package io.helpdeskexporter.source.sql;

/**
 * What PostgreSQL's snapshot says of the transactions under way, by their numbers, which only grow.
 *
 * @param oldest every transaction with a lower number has ended, and what it wrote is visible
 * @param next no transaction with this number or a higher one had been seen to end
 */
record Fence(long oldest, long next) {}
