/**
 * What is shipped beside the exporter so that it is seen: the stack for Docker and for a bare
 * machine. No Docker engine is needed; what only one could show is not shown.
 */
@NullMarked
package io.helpdeskexporter.stack;

import org.jspecify.annotations.NullMarked;
