/**
 * Where frames come from: a real camera through Micro-Manager, the built-in demo camera, or stored
 * sessions, all behind {@link org.skinspectra.camera.FrameSource}; and the rigs that say in which
 * steps a picture is taken. The only package that sees {@code mmcorej}.
 */
package org.skinspectra.camera;
