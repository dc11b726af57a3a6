package org.skinspectra.cli;

import org.skinspectra.measure.AngleDefinition;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code challenge} or {@code clamped}; anything else is wrong use. */
final class AngleDefinitionConverter implements ITypeConverter<AngleDefinition> {

  @Override
  public AngleDefinition convert(String text) {
    return AngleDefinition.of(text);
  }
}
