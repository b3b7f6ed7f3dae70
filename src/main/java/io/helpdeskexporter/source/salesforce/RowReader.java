package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.util.List;

/** Tells what the rows of a page say. */
@FunctionalInterface
interface RowReader {
  void read(List<Item> rows, Harvest harvest) throws SourceException, InterruptedException;
}
