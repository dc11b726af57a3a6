package org.skinspectra.cube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

class CubeImagesTest {

  private static SpectralCube cube() {
    return SpectralCube.zeros(3, 2, Wavelengths.VIS_NIR);
  }

  @Test
  void slicesOfTheImageAreTheVeryPlanesOfTheCube() {
    SpectralCube cube = cube();
    ImagePlus image = CubeImages.toImage("cube", cube);
    for (int band = 0; band < cube.bands(); band++) {
      assertSame(cube.plane(band), image.getStack().getPixels(band + 1));
    }
    image.setSlice(5);
    image.getProcessor().setf(2, 1, 0.5f);
    assertEquals(0.5f, cube.spectrum(2, 1)[4]);
  }

  @Test
  void planesOfTheCubeAreTheVerySlicesOfTheImage() {
    ImagePlus image = CubeImages.toImage("cube", cube());
    SpectralCube back = CubeImages.toCube(image);
    for (int band = 0; band < back.bands(); band++) {
      assertSame(image.getStack().getPixels(band + 1), back.plane(band));
    }
  }

  @Test
  void oneBandSharesItsPlaneToo() {
    SpectralCube cube = SpectralCube.zeros(2, 2, Wavelengths.of(960));
    ImagePlus image = CubeImages.toImage("960", cube);
    SpectralCube back = CubeImages.toCube(image);
    assertSame(cube.plane(0), back.plane(0));
    assertEquals(960, back.wavelengths().first());
  }

  @Test
  void bandsAreChannelsOfAPlainHyperstackWithLabelsInNanometres() {
    ImagePlus image = CubeImages.toImage("cube", cube());
    assertEquals(61, image.getNChannels());
    assertEquals(1, image.getNSlices());
    assertEquals(1, image.getNFrames());
    assertTrue(image.getOpenAsHyperStack());
    assertFalse(image instanceof CompositeImage);
    assertEquals("550 nm", image.getStack().getSliceLabel(16));
    assertEquals(32, image.getBitDepth());
  }

  @Test
  void wavelengthsAndProvenanceSurviveInTheInfoAlone() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("model", "mstpp\nsecond: line");
    provenance.put("so:urce", "C:\\data\\a.mat");
    ImagePlus image = CubeImages.toImage("cube", cube().withProvenance(provenance));
    for (int slice = 1; slice <= 61; slice++) {
      image.getStack().setSliceLabel(null, slice);
    }
    image.setProperty("Info", "Width: 3\n\n" + image.getInfoProperty() + "\nDate: today\n");
    SpectralCube back = CubeImages.toCube(image);
    assertEquals(Wavelengths.VIS_NIR, back.wavelengths());
    assertEquals(
        Map.of("model", "mstpp second: line", "so urce", "C:\\data\\a.mat"), back.provenance());
    assertEquals(List.of("model", "so urce"), List.copyOf(back.provenance().keySet()));
  }

  @Test
  void anUnevenGridAndOneInSeventhsSurvive() {
    for (Wavelengths grid :
        List.of(Wavelengths.of(400, 401.5, 960.25), Wavelengths.range(400, 100.0 / 7, 1000))) {
      ImagePlus image = CubeImages.toImage("cube", SpectralCube.zeros(2, 2, grid));
      assertTrue(CubeImages.toCube(image).wavelengths().matches(grid));
      assertTrue(CubeInfo.wavelengths(image.getInfoProperty()).orElseThrow().matches(grid));
    }
  }

  @Test
  void aSubstackKeepsTheWavelengthsOfItsOwnSlices() {
    ImagePlus image = CubeImages.toImage("cube", cube());
    ImagePlus part = new ImagePlus("part", image.getStack().crop(0, 0, 10, 3, 2, 4));
    part.setProperty("Info", image.getInfoProperty());
    assertEquals(Wavelengths.range(500, 10, 530), CubeImages.toCube(part).wavelengths());
  }

  @Test
  void labelsWithMoreTextAreUnderstood() {
    assertEquals(
        Wavelengths.of(450, 550.5),
        CubeInfo.wavelengths(List.of("c:1/2 - 450nm\n960 nm", "band at 550.5 nm")).orElseThrow());
    assertTrue(CubeInfo.wavelengths(List.of("R", "G", "B", "960 nm")).isEmpty());
    assertTrue(CubeInfo.wavelengths(List.of("x1.550 nmol")).isEmpty());
  }

  @Test
  void reversedSlicesAreRefused() {
    ImageStack stack = new ImageStack(1, 1);
    stack.addSlice("600 nm", new float[1]);
    stack.addSlice("500 nm", new float[1]);
    assertMessage("500.0 nm follows 600.0 nm", new ImagePlus("x", stack));
  }

  @Test
  void imagesThatAreNoCubeAreRefusedWithAWayOut() {
    assertMessage("8-bit", new ImagePlus("x", new ByteProcessor(2, 2)));
    assertMessage("RGB colour", new ImagePlus("x", new ColorProcessor(2, 2)));
    assertMessage("wavelengths (nm): 400:10:1000", new ImagePlus("x", new FloatProcessor(2, 2)));
    ImageStack stack = new ImageStack(1, 1);
    for (int i = 0; i < 4; i++) {
      stack.addSlice(null, new float[1]);
    }
    ImagePlus four = new ImagePlus("x", stack);
    four.setProperty("Info", "wavelengths (nm): 400:10:1000");
    assertMessage("4 slices, but there are 61 wavelengths", four);
    four.setProperty("Info", "wavelengths (nm): red");
    assertMessage("'wavelengths (nm)'", four);
    four.setDimensions(2, 2, 1);
    assertMessage("2 channels, 2 slices", four);
  }

  private static void assertMessage(String part, ImagePlus image) {
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeImages.toCube(image)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void givenWavelengthsNeedNoLabels() {
    ImagePlus image = new ImagePlus("x", new FloatProcessor(2, 2));
    assertEquals(Wavelengths.of(500), CubeImages.toCube(image, Wavelengths.of(500)).wavelengths());
    assertThrows(
        SkinSpectraException.class, () -> CubeImages.toCube(image, Wavelengths.of(500, 600)));
  }

  @Test
  void theDisplayRangeShowsReflectanceAtOnce() {
    float[] plane = new float[1000];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = i / 2000f;
    }
    plane[0] = Float.NaN;
    plane[1] = 1e9f;
    ImagePlus image =
        CubeImages.toImage(
            "x", SpectralCube.ofPlanes(100, 10, Wavelengths.of(500, 600), plane, plane.clone()));
    assertEquals(0, image.getDisplayRangeMin());
    assertEquals(0.5, image.getDisplayRangeMax(), 0.01);
    image.setSlice(2);
    assertEquals(0.5, image.getDisplayRangeMax(), 0.01);
    assertEquals(new DisplayRange(0, 1), DisplayRange.of(new float[] {Float.NaN}));
    assertEquals(new DisplayRange(0, 1), DisplayRange.of(new float[4]));
    assertEquals(new DisplayRange(-2, -1), DisplayRange.of(new float[] {-2, -2}));
  }

  @Test
  void calibrationOverlayAndRoiOfTheSourceAreKept() {
    ImagePlus source = new ImagePlus("source", new FloatProcessor(3, 2));
    source.getCalibration().pixelWidth = 0.25;
    source.getCalibration().pixelHeight = 0.5;
    source.getCalibration().setUnit("mm");
    Roi roi = new Roi(1, 0, 2, 2);
    roi.setPosition(1);
    source.setOverlay(new Overlay(roi));
    source.setRoi(new Roi(0, 0, 1, 1));
    source.setProperty("Info", "patient: none");
    ImagePlus target = CubeImages.toImage("target", cube());

    CubeImages.copyDecorations(source, target);

    assertEquals(0.25, target.getCalibration().pixelWidth);
    assertEquals(0.5, target.getCalibration().pixelHeight);
    assertEquals("mm", target.getCalibration().getUnit());
    assertEquals(0, target.getOverlay().get(0).getPosition());
    assertEquals(roi.getBounds(), target.getOverlay().get(0).getBounds());
    assertNotSame(source.getRoi(), target.getRoi());
    assertEquals(source.getRoi().getBounds(), target.getRoi().getBounds());
    assertEquals(1, roi.getPosition());
    assertTrue(target.getInfoProperty().endsWith("\n\npatient: none"));
    assertEquals(Map.of(), CubeImages.toCube(target).provenance());
    assertThrows(
        IllegalArgumentException.class,
        () -> CubeImages.copyDecorations(source, new ImagePlus("x", new FloatProcessor(3, 3))));
  }
}
