package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.skinspectra.format.MicroscopyFiles.assertRefused;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.format.MicroscopyFiles.StackFrame;
import org.skinspectra.spectra.Wavelengths;

class MicroManagerFormatTest {

  private static final Path DATA = Path.of("../shared/data/micromanager");
  private static final String SUMMARY =
      "{\"ChNames\": [\"NIR960\", \"Blue\", \"Green\", \"Red\"], \"MicroManagerVersion\": \"2.0.3\","
          + " \"InitialPositionList\": [{\"Label\": \"cheek\"}, {\"Label\": \"brow\"}]}";

  @TempDir Path folder;

  /** Two positions, two times, four channels; the value tells all three. */
  private static List<StackFrame> frames() {
    List<StackFrame> frames = new ArrayList<>();
    for (int position = 0; position < 2; position++) {
      for (int time = 0; time < 2; time++) {
        for (int channel = 0; channel < 4; channel++) {
          frames.add(
              new StackFrame(position, time, 0, channel, 1000 * position + 100 * time + channel));
        }
      }
    }
    return frames;
  }

  private Path stack(String name, List<StackFrame> frames, boolean mapped) throws IOException {
    return Files.write(folder.resolve(name), MicroscopyFiles.stack(SUMMARY, frames, mapped));
  }

  private static Path shared(String name, Path target) throws IOException {
    Path file = DATA.resolve(name);
    if (!Files.exists(file)) {
      System.out.println("Skipped: there is no " + file + ".");
    }
    assumeTrue(Files.exists(file), "no " + file);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      Files.copy(in, target);
    }
    return target;
  }

  // -- Stacks --

  @Test
  void theImageIsChosenByItsPositionAndTime() throws IOException {
    Path file = stack("a_MMStack.ome.tif", frames(), true);
    assertArrayEquals(
        new float[] {1100, 1101, 1102, 1103},
        MicroscopyFiles.values(file, ReadOptions.DEFAULT.withImage(4)));
    assertRefused(
        file,
        ReadOptions.DEFAULT,
        "1 (position cheek, time 1), 2 (position cheek, time 2), 3 (position brow, time 1)");
  }

  @Test
  void channelsBecomeRedGreenBlueAndNearInfraredByTheirNames() throws IOException {
    Msi msi =
        CubeFiles.readMsi(stack("a.ome.tif", frames(), true), ReadOptions.DEFAULT.withImage(2));
    assertArrayEquals(new float[] {103, 102, 101, 100}, Arrays.copyOf(msi.pixels(), 4));
  }

  @Test
  void framesOutOfOrderAndAStackWithoutItsMapAreRead() throws IOException {
    List<StackFrame> shuffled = frames();
    Collections.reverse(shuffled);
    for (boolean mapped : new boolean[] {true, false}) {
      assertArrayEquals(
          new float[] {1000, 1001, 1002, 1003},
          MicroscopyFiles.values(
              stack("a.ome.tif", shuffled, mapped), ReadOptions.DEFAULT.withImage(3)));
    }
  }

  @Test
  void aFolderOfStacksIsOneAcquisition() throws IOException {
    stack("a_MMStack_cheek.ome.tif", frames().subList(0, 8), true);
    stack("a_MMStack_brow.ome.tif", frames().subList(8, 16), true);
    Files.writeString(folder.resolve("display_settings.txt"), "{}");
    List<Float> found = new ArrayList<>();
    for (int image = 1; image <= 4; image++) {
      found.add(MicroscopyFiles.values(folder, ReadOptions.DEFAULT.withImage(image))[3]);
    }
    assertEquals(List.of(1003f, 1103f, 3f, 103f), found);
    stack("b_MMStack_cheek.ome.tif", frames().subList(0, 8), true);
    assertRefused(folder, ReadOptions.DEFAULT, "several acquisitions", "b_MMStack_cheek.ome.tif");
  }

  @Test
  void whatWasCountedIsSaidToBeCounts() throws IOException {
    try (CubeSource source =
        CubeFiles.open(stack("a.ome.tif", frames(), true), ReadOptions.DEFAULT.withImage(1))) {
      assertEquals("Micro-Manager 2.0.3", source.provenance().get("acquired by"));
      assertTrue(source.provenance().get("values").contains("not reflectance"));
      assertEquals(List.of("NIR960", "Blue", "Green", "Red"), source.bandNames());
    }
  }

  @Test
  void channelsNamedByWavelengthsAreBandsInTheirOrder() throws IOException {
    String summary = "{\"ChNames\": [\"960 nm\", \"450nm LED\", \"550 nm\"]}";
    List<StackFrame> frames =
        List.of(
            new StackFrame(0, 0, 0, 0, 960),
            new StackFrame(0, 0, 0, 1, 450),
            new StackFrame(0, 0, 0, 2, 550));
    Path file =
        Files.write(folder.resolve("w.ome.tif"), MicroscopyFiles.stack(summary, frames, true));
    assertArrayEquals(
        new float[] {450, 550, 960}, MicroscopyFiles.values(file, ReadOptions.DEFAULT));
    assertEquals(Wavelengths.of(450, 550, 960), CubeFiles.readCube(file).wavelengths());
  }

  @Test
  void aStackOfVersion14IsReadWithTheNamesOfItsChannels() throws IOException {
    Path file = shared("mmstack_1.4.ome.tif.gz", folder.resolve("s.ome.tif"));
    assertRefused(file, ReadOptions.DEFAULT, "4 images: 1 (time 1, slice 1), 2 (time 1, slice 2)");
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT.withImage(4))) {
      assertEquals(List.of("Cy5", "DAPI"), source.bandNames());
      assertEquals(64, source.width());
    }
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> CubeFiles.readMsi(file, ReadOptions.DEFAULT.withImage(4)))
            .getMessage();
    assertTrue(message.contains("Cy5, DAPI") && message.contains("--variable"), message);
  }

  @Test
  void theMetadataBesideAStackLeadToIt() throws IOException {
    Path stack = shared("mmstack_1.4.ome.tif.gz", folder.resolve("a_MMStack.ome.tif"));
    Path text = shared("mmstack_1.4_metadata.txt.gz", folder.resolve("a_MMStack_metadata.txt"));
    ReadOptions third = ReadOptions.DEFAULT.withImage(3);
    assertArrayEquals(MicroscopyFiles.values(stack, third), MicroscopyFiles.values(text, third));
    assertArrayEquals(MicroscopyFiles.values(stack, third), MicroscopyFiles.values(folder, third));
  }

  // -- Files of single frames --

  private void version14(int times, int written) throws IOException {
    StringBuilder text = new StringBuilder("{\n\"Summary\": {\"ChNames\": [\"RGB\", \"960\"]}");
    for (int time = 0; time < times; time++) {
      for (int channel = 0; channel < 2; channel++) {
        String name = "img_%09d_%s_000.tif".formatted(time, channel == 0 ? "RGB" : "960");
        text.append(
            ",\n\"FrameKey-%d-%d-0\": {\"Channel\": \"%s\", \"FileName\": \"%s\", \"ROI\": [0, {}], \"Camera\": null}"
                .formatted(time, channel, channel == 0 ? "RGB" : "960", name));
        if (time < written && channel == 0) {
          MicroscopyFiles.colour(folder.resolve(name), 10 + time, 20 + time, 30 + time);
        } else if (time < written) {
          MicroscopyFiles.grey(folder.resolve(name), 4000 + time);
        }
      }
    }
    Files.writeString(folder.resolve("metadata.txt"), text + "\n}\n");
  }

  @Test
  void aColourCameraAndAMonochromeOneMakeOneImage() throws IOException {
    version14(1, 1);
    Msi msi = CubeFiles.readMsi(folder);
    assertArrayEquals(new float[] {10, 20, 30, 4000}, Arrays.copyOf(msi.pixels(), 4));
    msi = CubeFiles.readMsi(folder.resolve("metadata.txt"));
    assertArrayEquals(new float[] {10, 20, 30, 4000}, Arrays.copyOf(msi.pixels(), 4));
  }

  @Test
  void ofManyTimesOnlyTheFilesOfOneAreOpened() throws IOException {
    version14(3000, 2);
    assertArrayEquals(
        new float[] {11, 21, 31, 4001},
        MicroscopyFiles.values(folder, ReadOptions.DEFAULT.withImage(2)));
    assertRefused(folder, ReadOptions.DEFAULT, "3000 images: 1 (time 1)", "and 2990 more");
    assertRefused(
        folder, ReadOptions.DEFAULT.withImage(3), "has no file img_000000002_RGB_000.tif");
  }

  @Test
  void metadataThatBreakOffCountAsFarAsTheyGo() throws IOException {
    version14(3, 3);
    Path text = folder.resolve("metadata.txt");
    String whole = Files.readString(text);
    Files.writeString(text, whole.substring(0, whole.indexOf("\"FrameKey-2-0-0\"") + 30));
    assertArrayEquals(
        new float[] {11, 21, 31, 4001},
        MicroscopyFiles.values(folder, ReadOptions.DEFAULT.withImage(2)));
    assertRefused(folder, ReadOptions.DEFAULT.withImage(3), "There is no image 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Default/"})
  void filesOfVersion20InAFolderForEachPosition(String before) throws IOException {
    for (int position = 0; position < 2; position++) {
      Path place = folder.resolve("Pos" + position);
      StringBuilder text =
          new StringBuilder("{\n\"Summary\": {\"ChNames\": [\"red\", \"green\", \"blue\"]}");
      for (int channel = 0; channel < 3; channel++) {
        String name =
            "img_channel%03d_position%03d_time000000000_z000.tif".formatted(channel, position);
        text.append(
            ",\n\"Coords-%s%s\": {\"channel\": %d, \"position\": %d, \"time\": 0, \"z\": 0}"
                .formatted(before, name, channel, position));
        text.append(",\n\"Metadata-%s%s\": {\"Exposure-ms\": 10}".formatted(before, name));
        MicroscopyFiles.grey(place.resolve(name), 100 * position + channel);
      }
      Files.writeString(place.resolve("metadata.txt"), text + "\n}\n");
    }
    assertArrayEquals(
        new float[] {100, 101, 102},
        MicroscopyFiles.values(folder, ReadOptions.DEFAULT.withImage(2)));
    assertRefused(folder, ReadOptions.DEFAULT, "1 (position Pos0), 2 (position Pos1)");
    assertEquals(3, CubeFiles.readMsi(folder.resolve("Pos1")).channels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.tif", "/etc/passwd", "a/../../b.tif", "..\\\\b.tif"})
  void aNameThatLeadsOutOfTheFolderIsRefused(String name) throws IOException {
    MicroscopyFiles.grey(folder.resolve("secret.tif"), 1);
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(
        inner.resolve("metadata.txt"),
        "{\"Summary\": {}, \"FrameKey-0-0-0\": {\"FileName\": \"" + name + "\"}}");
    assertRefused(inner, ReadOptions.DEFAULT, "no name of a file in its folder");
  }

  @Test
  void anotherProgramsMetadataAreNotTakenForThese() throws IOException {
    Files.writeString(folder.resolve("metadata.txt"), "{\"name\": \"something else\"}");
    assertRefused(folder, ReadOptions.DEFAULT, "holds no cube of a known format");
  }
}
