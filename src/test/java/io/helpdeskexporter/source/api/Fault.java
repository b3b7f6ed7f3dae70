package io.helpdeskexporter.source.api;

/** What goes wrong between a source and a vendor. */
public enum Fault {
  /** 429, and the answer says how long to wait. */
  TOO_MANY,
  /** 429 with a page of plain text, and no word on how long to wait. */
  TOO_MANY_WITHOUT_A_WORD,
  INTERNAL_ERROR,
  /** 503 with Retry-After. */
  UNAVAILABLE,
  /** 502 with a page of a proxy. */
  BAD_GATEWAY,
  /** The connection is closed in the middle of the body. */
  CUT_OFF,
  /** The body ends in the middle, although its length is right. */
  HALF_JSON,
  /** 200 with a page of HTML. */
  LOGIN_PAGE,
  /** No answer at all. */
  SILENCE,
  /** 302 to a host of somebody else. */
  SENT_ELSEWHERE,
  /** 401 although the credentials are right, as from a token that has just ended. */
  REFUSED
}
