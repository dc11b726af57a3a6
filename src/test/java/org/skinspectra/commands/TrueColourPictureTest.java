package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.cube.TrueColor;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Wavelengths;

class TrueColourPictureTest {

  private final CommandRunner fiji = new CommandRunner();

  @AfterEach
  void close() {
    fiji.close();
  }

  private static ImagePlus cube() {
    float[][] planes = new float[Wavelengths.VIS_NIR.size()][6];
    for (int band = 0; band < planes.length; band++) {
      Arrays.fill(planes[band], 0.01f * band);
    }
    return CubeImages.toImage("arm", SpectralCube.ofPlanes(3, 2, Wavelengths.VIS_NIR, planes));
  }

  @Test
  void thePictureIsThatOfTheCoreAndNamesItsLight() {
    ImagePlus cube = cube();
    ImagePlus picture =
        fiji.output(
            "picture",
            ImagePlus.class,
            TrueColourPicture.class,
            Map.of("image", cube, "illuminant", "A"));
    assertArrayEquals(
        (int[]) TrueColor.render(CubeImages.toCube(cube), Illuminant.a()).getPixels(),
        (int[]) picture.getProcessor().getPixels());
    assertEquals("arm true colour (A)", picture.getTitle());
  }

  @Test
  void withoutAnIlluminantItIsDaylight() {
    ImagePlus picture =
        fiji.output("picture", ImagePlus.class, TrueColourPicture.class, Map.of("image", cube()));
    assertEquals("arm true colour (D65)", picture.getTitle());
    ImagePlus emptied =
        fiji.output(
            "picture",
            ImagePlus.class,
            TrueColourPicture.class,
            Map.of("image", cube(), "illuminant", ""));
    assertEquals("arm true colour (D65)", emptied.getTitle());
  }

  @Test
  void theCubeTurnsToTheBandNearestToAWavelengthOrStays() {
    ImagePlus cube = cube();
    cube.setPosition(3);
    fiji.output("picture", ImagePlus.class, TrueColourPicture.class, Map.of("image", cube));
    assertEquals(3, cube.getCurrentSlice());
    fiji.output(
        "picture", ImagePlus.class, TrueColourPicture.class, Map.of("image", cube, "nm", 554));
    assertEquals(16, cube.getCurrentSlice());
    assertEquals("550 nm", cube.getStack().getSliceLabel(cube.getCurrentSlice()));
  }

  @Test
  void aCubeWithValuesThatAreNotFiniteIsShownNevertheless() {
    ImagePlus cube = cube();
    cube.getStack().getProcessor(16).setf(0, Float.NaN);
    ImagePlus picture =
        fiji.output("picture", ImagePlus.class, TrueColourPicture.class, Map.of("image", cube));
    assertEquals(0xff000000, picture.getProcessor().get(0));
    assertTrue(picture.getProcessor().get(1) != 0xff000000);
  }

  @Test
  void anImageThatIsNoCubeAndALightThatDoesNotExistAreRefused() {
    String noCube =
        fiji.failure(
            TrueColourPicture.class, Map.of("image", IJ.createImage("photo", "32-bit", 3, 2, 5)));
    assertTrue(noCube.contains("photo"), noCube);
    String noLight =
        fiji.failure(TrueColourPicture.class, Map.of("image", cube(), "illuminant", "moonlight"));
    assertTrue(noLight.contains("moonlight"), noLight);
  }

  @Test
  void aCubeThatIsChangedAndClosedMeanwhileGivesThePictureOfBefore() {
    ImagePlus cube = cube();
    cube.setRoi(new Roi(1, 0, 2, 2));
    cube.getCalibration().setUnit("mm");
    int[] before = (int[]) TrueColor.render(CubeImages.toCube(cube), Illuminant.d65()).getPixels();
    AtomicBoolean changed = new AtomicBoolean();
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (changed.compareAndSet(false, true)) {
            for (int slice = 1; slice <= cube.getStackSize(); slice++) {
              cube.getStack().getProcessor(slice).set(0.9);
            }
            cube.close();
            cube.flush();
          }
        });
    ImagePlus picture =
        fiji.output(
            "picture", ImagePlus.class, TrueColourPicture.class, Map.of("image", cube, "nm", 960));
    assertTrue(changed.get());
    assertArrayEquals(before, (int[]) picture.getProcessor().getPixels());
    assertEquals(new Rectangle(1, 0, 2, 2), picture.getRoi().getBounds());
    assertEquals("mm", picture.getCalibration().getUnit());
  }

  @Test
  void aCanceledRunGivesNoPicture() {
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (!task.isCanceled()) {
            task.cancel("enough");
          }
        });
    String message = fiji.failure(TrueColourPicture.class, Map.of("image", cube()));
    assertTrue(message.contains("was canceled"), message);
  }
}
