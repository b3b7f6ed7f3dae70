/**
 * One loop per source: fetch a page, hand it to the store, derive what changed, bring the engine up
 * to the source's watermark, wait. A source that fails is seen, and alone. Nothing here decides
 * what a number means. Knows {@code source}, {@code store} and {@code kpi}. Start at {@link
 * io.helpdeskexporter.sync.SourceLoop}.
 */
@NullMarked
package io.helpdeskexporter.sync;

import org.jspecify.annotations.NullMarked;
