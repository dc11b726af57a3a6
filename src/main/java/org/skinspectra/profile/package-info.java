/**
 * What a camera is known by: its spectral responses under a light, files of such responses, the map
 * from its calibrated channels to those of a canonical multispectral image, and how its image at
 * 960 nm lies on the RGB image.
 */
package org.skinspectra.profile;
