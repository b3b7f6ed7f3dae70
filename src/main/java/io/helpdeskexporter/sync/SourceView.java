package io.helpdeskexporter.sync;

import io.helpdeskexporter.kpi.SourceMetrics;
import java.util.Optional;

/**
 * What one source shows at present. Immutable.
 *
 * @param metrics empty until it has been read to its end for the first time
 */
public record SourceView(SourceHealth health, Optional<SourceMetrics> metrics) {}
