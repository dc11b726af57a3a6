package org.skinspectra.cube;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelSaturationTest {

  private static ImagePlus grey(String type, int slices) {
    return IJ.createImage("grey", type + " black", 4, 3, slices);
  }

  private static ChannelSaturation first(ImagePlus image) {
    return ChannelSaturation.of(image, Optional.empty()).get(0);
  }

  @Test
  void theBytesOfAColourImageAreItsChannels() {
    ImagePlus image = IJ.createImage("photo", "RGB black", 4, 3, 1);
    image.getProcessor().set(0, 0xff0000);
    image.getProcessor().set(1, 0xfffe00);
    image.getProcessor().set(2, 0x00feff);
    assertEquals(
        List.of(
            new ChannelSaturation("R", 255, 2, 12),
            new ChannelSaturation("G", 255, 0, 12),
            new ChannelSaturation("B", 255, 1, 12)),
        ChannelSaturation.of(image, Optional.empty()));
  }

  @Test
  void aStackAndTheImageOf960BesideItEndWhereTheirTypesDo() {
    ImagePlus image = grey("16-bit", 3);
    image.getStack().getProcessor(3).set(5, 65535);
    image.getStack().getProcessor(2).set(5, 4095);
    ImagePlus infrared = grey("8-bit", 1);
    infrared.getProcessor().set(0, 255);
    assertEquals(
        List.of(
            new ChannelSaturation("R", 65535, 0, 12),
            new ChannelSaturation("G", 65535, 0, 12),
            new ChannelSaturation("B", 65535, 1, 12),
            new ChannelSaturation("960 nm", 255, 1, 12)),
        ChannelSaturation.of(image, Optional.of(infrared)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"BitDepth\":12,\"Width\":4}",
        "Camera-BitDepth: 12",
        "SignificantBits = 12",
        " BitsPerPixel = 12\nSizeX = 4"
      })
  void theBitsThatTheInfoStatesAreTheEndOfTheScale(String info) {
    ImagePlus image = grey("16-bit", 4);
    image.setProperty("Info", info);
    image.getStack().getProcessor(1).set(7, 4095);
    assertEquals(new ChannelSaturation("R", 4095, 1, 12), first(image));
    image.getStack().getProcessor(4).set(0, 4096);
    assertEquals(new ChannelSaturation("R", 65535, 0, 12), first(image), "the Info is wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BitDepth: 0", "BitDepth: 99", "BitDepth: 123", "BitDepths", "", "x"})
  void bitsThatNoCameraHasAreNotBelieved(String info) {
    ImagePlus image = grey("16-bit", 3);
    image.setProperty("Info", info);
    assertEquals(65535, first(image).level());
  }

  @Test
  void a32BitImageHasNoEnd() {
    ImagePlus image = grey("32-bit", 4);
    image.getProcessor().setf(0, 1e9f);
    assertEquals(List.of(), ChannelSaturation.of(image, Optional.empty()));
  }

  @Test
  void itIsToldWithCountAndShare() {
    assertEquals(
        "G: 3 of 1000 pixels (0.300 %) at 4095 DN",
        new ChannelSaturation("G", 4095, 3, 1000).toString());
    assertEquals(
        "R: 12 of 12 pixels (100 %) at 255 DN", new ChannelSaturation("R", 255, 12, 12).toString());
  }
}
