package org.skinspectra.camera;

import org.skinspectra.cube.Frame;

/**
 * A raw frame and its place in a capture.
 *
 * @param kind what it is of
 * @param step that took it, with the exposure that was used
 * @param timePoint number of the picture, from 0
 * @param repetition number among the frames whose mean is the picture, from 0
 * @param frame as the camera delivered it
 */
public record CapturedFrame(
    FrameKind kind, RigStep step, int timePoint, int repetition, Frame frame) {}
