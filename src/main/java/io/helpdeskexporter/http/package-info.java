/**
 * What the exporter shows over HTTP: metrics, health, the landing page, all behind the web
 * configuration file that other exporters use too (TLS, client certificates, basic authentication,
 * rate limit). It serves what others computed and never asks a helpdesk for anything, so no request
 * can make the exporter call out. Knows {@code exposition}. Start at {@link
 * io.helpdeskexporter.http.HttpService}.
 */
@NullMarked
package io.helpdeskexporter.http;

import org.jspecify.annotations.NullMarked;
