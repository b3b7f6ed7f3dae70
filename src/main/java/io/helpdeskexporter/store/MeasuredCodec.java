package io.helpdeskexporter.store;

import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Measured.Grain;
import io.helpdeskexporter.domain.Measured.Hours;

/** What a source measured, as bytes: about four, since it is counted in the units it came in. */
final class MeasuredCodec {
  private static final int HOURS = 0x10;
  private static final int GRAIN = 0x20;
  private static final int FIGURE = 0x0F;

  private MeasuredCodec() {}

  static void encode(Measured measured, BlobWriter out) {
    out.octet(
        Codes.FIGURE.of(measured.figure())
            | Codes.HOURS.of(measured.hours()) * HOURS
            | Codes.GRAIN.of(measured.grain()) * GRAIN);
    out.unsigned(measured.value().dividedBy(measured.grain().size()));
  }

  /**
   * @throws BlobReader.Malformed if {@link #encode} did not write it
   */
  static Measured decode(BlobReader in) {
    int octet = in.octet();
    Figure figure = Codes.FIGURE.at(octet & FIGURE, in);
    Hours hours = Codes.HOURS.at((octet & HOURS) / HOURS, in);
    Grain grain = Codes.GRAIN.at(octet / GRAIN, in);
    try {
      return new Measured(figure, hours, grain.size().multipliedBy(in.unsigned()), grain);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw in.malformed("a measurement that is none");
    }
  }
}
