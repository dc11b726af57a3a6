package org.skinspectra.format;

import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * One band of a source: a sample of an image in a TIFF.
 *
 * @param file that the image lies in
 * @param sample from 0
 * @param name of the band; blank where the file has none for it
 * @param nm its wavelength, where the file states it
 */
record TiffBand(Path file, TiffImage image, int sample, String name, OptionalDouble nm) {}
