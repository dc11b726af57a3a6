package org.skinspectra.session;

import java.time.Instant;
import java.util.Optional;
import org.skinspectra.cube.PixelType;

/**
 * A frame that is in a session; {@link CaptureSession#read(StoredFrame)} reads its pixels and tags.
 *
 * @param number in the session, from 1, in the order in which frames were stored
 * @param kind what was in front of the camera
 * @param timePoint of the sequence, from 0
 * @param repetition among the frames of the same kind, channel and time point, from 0
 * @param channel name of the step of the rig
 * @param camera label of the device that took it
 * @param exposureMs exposure time, milliseconds
 * @param gain factor of amplification over the camera's lowest
 * @param taken when the frame was delivered
 * @param type of the pixels
 * @param width pixels
 * @param height pixels
 * @param bits that the camera uses; 0 for floating point
 * @param copiedFrom session and file that it was copied from; empty if it was captured
 * @param file that holds it
 */
public record StoredFrame(
    int number,
    FrameKind kind,
    int timePoint,
    int repetition,
    String channel,
    String camera,
    double exposureMs,
    double gain,
    Instant taken,
    PixelType type,
    int width,
    int height,
    int bits,
    Optional<String> copiedFrom,
    StoredFile file) {}
