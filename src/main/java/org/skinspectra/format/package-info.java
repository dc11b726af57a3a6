/**
 * Cubes, multispectral images, masks and maps on disk.
 *
 * <p>{@link org.skinspectra.format.CubeFiles} reads and writes; each format is a {@link
 * org.skinspectra.format.CubeFormat}, found as a SciJava plugin. Nothing in a file is trusted:
 * sizes are held against the length of the file before memory is taken, and whatever goes wrong
 * comes out as a {@link org.skinspectra.SkinSpectraException} that names the file.
 */
package org.skinspectra.format;
