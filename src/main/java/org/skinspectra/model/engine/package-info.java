/**
 * The published networks as TensorFlow graphs. The only package that sees TensorFlow, and seen by
 * none: {@link org.skinspectra.model.Engine} says what it does. In Fiji its classes and
 * TensorFlow's are loaded apart from the shared class path, so what it takes from {@code model} is
 * public there.
 */
package org.skinspectra.model.engine;
