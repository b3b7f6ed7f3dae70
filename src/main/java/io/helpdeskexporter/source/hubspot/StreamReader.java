package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;

/** One of the streams: what to ask, and how far it got. */
@FunctionalInterface
interface StreamReader {
  Page fetch(Cursor cursor) throws SourceException, InterruptedException;
}
