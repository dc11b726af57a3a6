/**
 * Sessions, cubes, multispectral images, masks and maps on disk.
 *
 * <p>A session is a folder of frames as a camera delivered them: {@link
 * org.skinspectra.session.SessionWriter} writes it, {@link org.skinspectra.session.CaptureSession}
 * reads it.
 *
 * <p>{@link org.skinspectra.session.CubeFiles} reads and writes; each format is a {@link
 * org.skinspectra.session.CubeFormat}, found as a SciJava plugin. Nothing in a file is trusted:
 * sizes are held against the length of the file before memory is taken, and whatever goes wrong
 * comes out as a {@link org.skinspectra.SkinSpectraException} that names the file.
 */
package org.skinspectra.session;
