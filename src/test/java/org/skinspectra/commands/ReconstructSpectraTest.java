package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.process.FloatProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.log.LogListener;
import org.scijava.log.LogService;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.ColourEncoding;
import org.skinspectra.cube.ColourImages;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.FlatSessions;
import org.skinspectra.session.SessionImages;
import org.skinspectra.spectra.Wavelengths;

class ReconstructSpectraTest {

  private final CommandRunner fiji = new CommandRunner();
  private final BatchModeImages open = new BatchModeImages();

  @TempDir private Path temporary;

  @AfterEach
  void close() {
    open.close();
    fiji.close();
  }

  private static ImagePlus stack(int slices) {
    ImagePlus stack = IJ.createImage("arm", "32-bit", 16, 10, slices);
    for (int slice = 1; slice <= slices; slice++) {
      for (int i = 0; i < 160; i++) {
        stack.getStack().getProcessor(slice).setf(i, 0.2f + 0.1f * slice + 0.001f * i);
      }
    }
    return stack;
  }

  private static ImagePlus infrared(int width) {
    return new ImagePlus("infrared", new FloatProcessor(width, 10));
  }

  private ImagePlus reconstructed(Map<String, Object> inputs) {
    Map<String, Object> all = new HashMap<>(inputs);
    all.put("model", "wiener");
    return fiji.output("cube", ImagePlus.class, ReconstructSpectra.class, all);
  }

  private String refused(Map<String, Object> inputs) {
    Map<String, Object> all = new HashMap<>(inputs);
    all.putIfAbsent("model", "wiener");
    return fiji.failure(ReconstructSpectra.class, all);
  }

  private static void assertIsCubeOf(Msi msi, ImagePlus image) {
    try (Reconstructor wiener =
        Models.open(Models.WIENER, Optional.empty(), Device.CPU, Precision.FLOAT32)) {
      SpectralCube expected = wiener.reconstruct(msi, ProgressMonitor.NONE).cube();
      SpectralCube cube = CubeImages.toCube(image);
      assertEquals(Wavelengths.VIS_NIR, cube.wavelengths());
      for (int band = 0; band < expected.bands(); band++) {
        assertArrayEquals(expected.plane(band), cube.plane(band));
      }
    }
  }

  @Test
  void theCubeIsThatOfTheCoreAndSaysWhatMadeIt() {
    ImagePlus arm = stack(4);
    ImagePlus cube = reconstructed(Map.of("image", arm));
    assertIsCubeOf(ColourImages.toMsi(arm, Optional.empty(), ColourEncoding.LINEAR), cube);
    assertEquals(61, cube.getNChannels());
    assertTrue(
        cube.getTitle().matches("arm spectra \\(.*iener.*, .+, \\d+\\.\\d s\\)"), cube.getTitle());
    Map<String, String> made = CubeImages.toCube(cube).provenance();
    assertEquals("image 'arm' (linear)", made.get("source"));
    assertTrue(
        made.keySet()
            .containsAll(
                List.of("model", "model id", "device", "precision", "seconds", "software")),
        made.toString());
  }

  @Test
  void whatWasSetOnTheImageIsOnTheCubeAndTheImageIsAsItWas() {
    ImagePlus arm = stack(4);
    arm.setRoi(new OvalRoi(2, 2, 5, 5));
    arm.getCalibration().pixelWidth = 0.05;
    arm.getCalibration().setUnit("mm");
    arm.setProperty("Info", "patient 7");
    float[] before = ((float[]) arm.getStack().getPixels(2)).clone();
    ImagePlus cube = reconstructed(Map.of("image", arm));
    assertEquals(new OvalRoi(2, 2, 5, 5).getBounds(), cube.getRoi().getBounds());
    assertEquals(0.05, cube.getCalibration().pixelWidth);
    assertTrue(cube.getInfoProperty().contains("patient 7"), cube.getInfoProperty());
    assertArrayEquals(before, (float[]) arm.getStack().getPixels(2));
  }

  @Test
  void anImageThatIsChangedAndClosedMeanwhileGivesWhatItWasBefore() {
    ImagePlus arm = stack(4);
    Msi before = ColourImages.toMsi(arm, Optional.empty(), ColourEncoding.LINEAR);
    List<String> steps = new ArrayList<>();
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (steps.isEmpty()) {
            arm.getStack().getProcessor(1).setf(0, 0.9f);
            arm.close();
            arm.flush();
          }
          steps.add(step);
        });
    ImagePlus cube = reconstructed(Map.of("image", arm));
    assertTrue(steps.contains("Opening the model wiener"), steps.toString());
    assertIsCubeOf(before, cube);
  }

  @Test
  void pixelsBelowZeroAreCounted() {
    ImagePlus arm = stack(4);
    assertEquals(0, input(arm).negativePixels());
    arm.getStack().getProcessor(1).setf(0, -0.01f);
    arm.getStack().getProcessor(4).setf(0, -0.01f);
    arm.getStack().getProcessor(2).setf(7, -0.01f);
    assertEquals(2, input(arm).negativePixels());
  }

  @Test
  void saturatedPixelsAreToldByChannelAndTheCubeIsGivenNevertheless() {
    ImagePlus photo = IJ.createImage("photo", "8-bit black", 16, 10, 3);
    photo.getStack().getProcessor(1).set(0, 255);
    photo.getStack().getProcessor(1).set(1, 254);
    ImagePlus infrared = IJ.createImage("infrared", "16-bit black", 16, 10, 1);
    infrared.setProperty("Info", "{\"Camera\": \"N960\", \"BitDepth\": 12}");
    infrared.getProcessor().set(3, 4095);
    infrared.getProcessor().set(4, 4095);
    open.add(infrared);
    List<String> told = new ArrayList<>();
    LogListener listener = message -> told.add(message.text());
    fiji.context().service(LogService.class).addLogListener(listener);
    ImagePlus cube = reconstructed(Map.of("image", photo, "infrared", "infrared"));
    assertEquals(61, cube.getNChannels());
    assertTrue(
        told.contains(
            "Reconstruct Spectra: 'photo' is saturated, and its spectra are wrong there"
                + " (R: 1 of 160 pixels (0.625 %) at 255 DN; 960 nm: 2 of 160 pixels (1.25 %) at 4095 DN)."
                + " Expose shorter."),
        told.toString());
    told.clear();
    reconstructed(Map.of("image", stack(4)));
    assertTrue(told.stream().noneMatch(line -> line.contains("saturated")), told.toString());
  }

  private static ReconstructionInput input(ImagePlus image) {
    return ReconstructionInput.of(image, Optional.empty(), ColourEncoding.LINEAR);
  }

  @Test
  void aCanceledRunGivesNoCube() {
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (!task.isCanceled()) {
            task.cancel("enough");
          }
        });
    String message = refused(Map.of("image", stack(4)));
    assertTrue(message.contains("was canceled; nothing was written"), message);
  }

  @Test
  void aColourImageTakes960FromAnOpenImageByItsTitle() {
    ImagePlus photo = IJ.createImage("photo", "RGB", 16, 10, 1);
    ImagePlus infrared = infrared(16);
    open.add(infrared);
    ImagePlus cube =
        reconstructed(Map.of("image", photo, "infrared", "infrared", "encoding", "sRGB"));
    assertIsCubeOf(ColourImages.toMsi(photo, Optional.of(infrared), ColourEncoding.SRGB), cube);
    assertEquals(
        "image 'photo' (sRGB), 960 nm of 'infrared'",
        CubeImages.toCube(cube).provenance().get("source"));
  }

  @Test
  void aSessionGivesItsLastPictureOrTheOneAskedFor() {
    Path session = FlatSessions.write(temporary.resolve("visit"), 0.2, 0.6);
    SessionImages pictures = SessionImages.of(CaptureSession.open(session));
    ImagePlus last = reconstructed(Map.of("input", session.toFile()));
    assertIsCubeOf(pictures.msi(1, ProgressMonitor.NONE), last);
    assertTrue(last.getTitle().startsWith("visit t001 spectra"), last.getTitle());
    ImagePlus first = reconstructed(Map.of("input", session.toFile(), "time", 0));
    assertIsCubeOf(pictures.msi(0, ProgressMonitor.NONE), first);
    assertEquals(pictures.origin(0), CubeImages.toCube(first).provenance().get("source"));
  }

  @Test
  void aFileIsTakenInPlaceOfTheActiveImage() {
    Msi msi = ColourImages.toMsi(stack(4), Optional.empty(), ColourEncoding.LINEAR);
    Path file = temporary.resolve("msi.tif");
    CubeFiles.write(msi, file);
    ImagePlus cube =
        reconstructed(
            Map.of("input", file.toFile(), "image", IJ.createImage("other", "8-bit", 9, 9, 1)));
    assertIsCubeOf(msi, cube);
  }

  @Test
  void anImageThatIsAFolderIsTakenToo() {
    Path zarr = temporary.resolve("msi.ome.zarr");
    Msi msi = ColourImages.toMsi(stack(4), Optional.empty(), ColourEncoding.LINEAR);
    CubeFiles.write(msi, zarr);
    assertIsCubeOf(msi, reconstructed(Map.of("input", zarr.toFile())));
  }

  @Test
  void threeChannelsAreRefusedWithWhere960CouldComeFrom() {
    String message = refused(Map.of("image", stack(3)));
    assertTrue(message.contains("arm has 3 channels [R, G, B]"), message);
    assertTrue(message.contains("960 nm"), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 61})
  void anotherNumberOfChannelsIsRefused(int slices) {
    String message = refused(Map.of("image", stack(slices)));
    assertTrue(message.contains("'arm'") && message.contains("3 (R, G, B)"), message);
  }

  @Test
  void severalTimePointsAreRefusedWithHowToTakeOne() {
    String message = refused(Map.of("image", IJ.createHyperStack("film", 9, 9, 4, 1, 3, 32)));
    assertTrue(message.contains("4 channels, 1 slices and 3 frames"), message);
    assertTrue(message.endsWith("Image > Duplicate..."), message);
  }

  @Test
  void anEmptyModelIsTheDefaultOne() {
    ImagePlus wanted = reconstructed(Map.of("image", stack(4), "model", "default"));
    ImagePlus cube = reconstructed(Map.of("image", stack(4), "model", " "));
    assertEquals(
        CubeImages.toCube(wanted).provenance().get("model"),
        CubeImages.toCube(cube).provenance().get("model"));
  }

  @Test
  void anImageOf960OfAnotherSizeOrThatIsNotOpenIsRefused() {
    open.add(infrared(17));
    String size = refused(Map.of("image", stack(3), "infrared", "infrared"));
    assertTrue(size.contains("17x10") && size.contains("16x10"), size);
    String missing = refused(Map.of("image", stack(3), "infrared", "nir.tif"));
    assertTrue(missing.contains("nir.tif") && missing.contains("infrared"), missing);
    open.close();
    String none = refused(Map.of("image", stack(3), "infrared", "nir.tif"));
    assertTrue(none.contains("no image is open"), none);
  }

  @Test
  void aValueThatIsNotFiniteIsRefusedWithItsPlace() {
    ImagePlus arm = stack(4);
    arm.getStack().getProcessor(4).setf(3, 2, Float.NaN);
    String message = refused(Map.of("image", arm));
    assertTrue(message.contains("x=3, y=2, channel 960 nm"), message);
  }

  @Test
  void nothingToReconstructAndWrongChoicesAreRefused() {
    assertTrue(refused(Map.of()).contains("Open an image"), refused(Map.of()));
    String device = refused(Map.of("image", stack(4), "device", "tpu"));
    assertTrue(device.contains("tpu"), device);
    String precision = refused(Map.of("image", stack(4), "precision", "float16"));
    assertTrue(precision.contains("float16"), precision);
    String encoding = refused(Map.of("image", stack(4), "encoding", "gamma"));
    assertTrue(encoding.contains("gamma"), encoding);
    String model = refused(Map.of("image", stack(4), "model", "best.pt"));
    assertTrue(model.contains("best.pt") && model.contains("default"), model);
  }

  @Test
  void aFolderThatIsNoSessionAndAFileThatIsNoImageAreRefused() throws IOException {
    String folder = refused(Map.of("input", temporary.toFile()));
    assertTrue(folder.contains("no session"), folder);
    Path text = Files.writeString(temporary.resolve("notes.tif"), "not an image");
    String file = refused(Map.of("input", text.toFile()));
    assertTrue(file.contains("notes.tif"), file);
    String missing = refused(Map.of("input", temporary.resolve("gone.tif").toFile()));
    assertTrue(missing.contains("gone.tif"), missing);
  }
}
