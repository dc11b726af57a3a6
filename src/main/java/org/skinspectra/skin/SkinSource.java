package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;

/** Skin of people, from which scenes are painted. Thread-safe. */
public interface SkinSource {

  /** Draws one person; the same state of the generator gives the same person. */
  PersonalSkin person(RandomGenerator random);
}
