/**
 * Sessions on disk.
 *
 * <p>A session is a folder of frames as a camera delivered them: {@link
 * org.skinspectra.session.SessionWriter} writes it, {@link org.skinspectra.session.CaptureSession}
 * reads it. Nothing in a file is trusted; whatever goes wrong comes out as a {@link
 * org.skinspectra.SkinSpectraException} that names the file.
 */
package org.skinspectra.session;
