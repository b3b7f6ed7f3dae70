package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What the server says to requests that reach no handler: the status and its name, nothing about
 * itself or the cause.
 */
final class PlainErrors extends ErrorHandler {

  static final String PLAIN = "text/plain; charset=utf-8";

  PlainErrors() {
    setShowStacks(false);
    setShowCauses(false);
    setShowMessageInTitle(false);
    setShowOrigin(false);
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    headers(response.getHeaders());
    response.write(true, body(code), callback);
  }

  static String text(int status) {
    return status + " " + name(status) + "\n";
  }

  static String name(int status) {
    return HttpStatus.getMessage(status);
  }

  private static void headers(HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, PLAIN);
    fields.put("X-Content-Type-Options", "nosniff");
  }

  private static ByteBuffer body(int status) {
    return ByteBuffer.wrap(text(status).getBytes(UTF_8));
  }
}
