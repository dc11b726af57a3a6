package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.PixelType;
import org.skinspectra.session.SessionVerification.Kind;
import org.skinspectra.session.SessionVerification.Problem;

class CaptureSessionTest {

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void writeASessionOfThreeFrames() {
    folder = temporary.resolve("session");
    try (SessionWriter writer =
        SessionWriter.create(folder, SessionSetup.EMPTY, DiskStandIn.UNFORCED, 1 << 20)) {
      writer.addDocument("rig", "{}");
      for (int t = 0; t < 3; t++) {
        writer.write(
            CapturedFrame.group(
                FrameKind.IMAGE, t, List.of(Frames.random(PixelType.GRAY16, 9, 7, "N960", t))));
      }
      writer.flush();
      writer.addDerived(
          "msi", List.of(), "{}", inner -> Files.writeString(inner.resolve("a.txt"), "a"));
    }
  }

  private Path frameFile(int index) {
    return SessionContents.entries(folder.resolve("frames")).get(index);
  }

  private Map<String, Kind> problems() {
    return CaptureSession.open(folder).verify(ProgressMonitor.NONE).problems().stream()
        .collect(Collectors.toMap(Problem::path, Problem::kind));
  }

  private String messageOfOpening() {
    return assertThrows(SkinSpectraException.class, () -> CaptureSession.open(folder)).getMessage();
  }

  @Test
  void everyDamagedMissingAndExtraFileIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(frameFile(0));
    bytes[bytes.length - 1] ^= 1;
    Files.write(frameFile(0), bytes);
    Files.write(frameFile(1), new byte[] {1});
    Path third = frameFile(2);
    Files.delete(third);
    Files.writeString(folder.resolve("derived/001-msi/a.txt"), "b");
    Files.writeString(folder.resolve("derived/001-msi/b.txt"), "b");
    Files.writeString(folder.resolve("rig.json"), "{ }");
    Files.writeString(folder.resolve("notes.txt"), "x");
    Files.writeString(folder.resolve("frames/.writing-1.tmp"), "x");
    Files.createDirectory(folder.resolve("derived/002-other"));
    assertEquals(
        Map.of(
            folder.relativize(frameFile(1)).toString(),
            Kind.DAMAGED,
            folder.relativize(frameFile(2)).toString(),
            Kind.DAMAGED,
            folder.relativize(third).toString(),
            Kind.MISSING,
            "derived/001-msi/a.txt",
            Kind.DAMAGED,
            "derived/001-msi/b.txt",
            Kind.UNKNOWN,
            "rig.json",
            Kind.DAMAGED,
            "notes.txt",
            Kind.UNKNOWN,
            "frames/.writing-1.tmp",
            Kind.UNFINISHED,
            "derived/002-other",
            Kind.UNKNOWN),
        problems());
    assertFalse(CaptureSession.open(folder).verify(ProgressMonitor.NONE).sound());
  }

  @Test
  void aDamagedFrameIsNotGivenToAnyone() throws IOException {
    byte[] bytes = Files.readAllBytes(frameFile(0));
    bytes[bytes.length - 1] ^= 1;
    Files.write(frameFile(0), bytes);
    CaptureSession session = CaptureSession.open(folder);
    String message =
        assertThrows(SkinSpectraException.class, () -> session.read(session.frames().get(0)))
            .getMessage();
    assertTrue(message.contains(frameFile(0).getFileName().toString()), message);
    assertTrue(message.contains("SHA-256"), message);
  }

  @Test
  void aMissingManifestIsMadeAnewFromTheFrames() throws IOException {
    CaptureSession before = CaptureSession.open(folder);
    Files.delete(folder.resolve("manifest.json"));
    assertTrue(messageOfOpening().contains("recover"));
    CaptureSession after = CaptureSession.recover(folder);
    assertEquals(before.frames(), after.frames());
    assertEquals(before.id(), after.id());
    assertEquals(before.created(), after.created());
    assertEquals("rig.json", after.documents().get(0).file().path());
    assertEquals(before.derived().get(0).files(), after.derived().get(0).files());
    assertEquals(List.of(), after.verify(ProgressMonitor.NONE).problems());
  }

  @Test
  void aDamagedManifestIsKeptBesideTheNewOne() throws IOException {
    List<StoredFrame> before = CaptureSession.open(folder).frames();
    Path manifest = folder.resolve("manifest.json");
    String damaged = Files.readString(manifest).replace("12.5", "72.5");
    Files.writeString(manifest, damaged);
    assertTrue(messageOfOpening().contains("altered"));
    assertThrows(SkinSpectraException.class, () -> SessionWriter.append(folder, Map.of()));
    assertEquals(before, CaptureSession.recover(folder).frames());
    assertEquals(damaged, Files.readString(folder.resolve("manifest-damaged-1.json")));
    assertEquals(Map.of(), problems());
  }

  @Test
  void aFolderWithoutFramesCannotBeRecovered() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    String message =
        assertThrows(SkinSpectraException.class, () -> CaptureSession.recover(empty)).getMessage();
    assertTrue(message.contains("no frame"), message);
    assertThrows(
        SkinSpectraException.class, () -> CaptureSession.open(temporary.resolve("nowhere")));
  }

  /** Alters the text and makes its SHA-256 right again, as someone would who means it. */
  private void forge(UnaryOperator<String> change) throws IOException {
    Path manifest = folder.resolve("manifest.json");
    String text = change.apply(Files.readString(manifest));
    String sign = "\"manifestSha256\": \"";
    int at = text.lastIndexOf(sign) + sign.length();
    String zeroed = text.substring(0, at) + "0".repeat(64) + text.substring(at + 64);
    String sha256 = Sha256.of(zeroed.getBytes(StandardCharsets.UTF_8));
    Files.writeString(manifest, text.substring(0, at) + sha256 + text.substring(at + 64));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"file\":\"frames/ | \"file\":\"frames/../../ | file",
        "\"file\":\"frames/ | \"file\":\"/etc/ | file",
        "\"file\":\"rig.json\" | \"file\":\"..\\\\rig.json\" | file",
        "\"folder\":\"derived/ | \"folder\":\"derived/../ | folder",
        "\"exposureMs\":12.5 | \"exposureMs\":-1 | exposureMs",
        "\"exposureMs\":12.5 | \"exposureMs\":1e999 | exposureMs",
        "\"width\":9 | \"width\":99999999999999999999 | width",
        "\"width\":9 | \"width\":9.5 | width",
        "\"bits\":16 | \"bits\":17 | bits",
        "\"number\":2 | \"number\":1 | twice",
        "\"kind\":\"image\" | \"kind\":\"picture\" | picture",
        "\"taken\":\"2026 | \"taken\":\"x2026 | taken",
        "\"frameCount\": 3 | \"frameCount\": 4 | frameCount",
        "\"schema\": 1 | \"schema\": 2 | newer",
        "\"checks\" | \"cheques\" | cheques",
        "\"length\": | \"length\":- | length",
        "\"format\": | 'format': | malformed",
        "\"id\": \" | \"id\": \"x | id",
      })
  void aManifestWithAnImpossibleValueIsRefusedByName(String good, String bad, String named)
      throws IOException {
    forge(
        text -> {
          assertTrue(text.contains(good), good);
          return text.replace(good, bad);
        });
    String message = messageOfOpening();
    assertTrue(message.contains("manifest.json"), message);
    assertTrue(message.contains(named), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"exposureMs\":12.5 | \"exposureMs\":25",
        "\"channel\":\"N960\" | \"channel\":\"RGB\"",
        "\"timePoint\":1 | \"timePoint\":7",
        "\"width\":9 | \"width\":7",
      })
  void aManifestThatSaysSomethingElseThanTheFrameIsFoundByVerifyAndByReading(
      String good, String bad) throws IOException {
    forge(text -> text.replace(good, bad));
    CaptureSession session = CaptureSession.open(folder);
    assertTrue(problems().containsValue(Kind.DAMAGED));
    assertThrows(
        SkinSpectraException.class, () -> session.frames().forEach(frame -> session.read(frame)));
  }

  @Test
  void linksOutOfTheFolderAreNotFollowed() throws IOException {
    Path outside = temporary.resolve("outside.ome.tif");
    Files.move(frameFile(0), outside);
    Path link = folder.resolve("frames/000001-image-N960-t00000-r00.ome.tif");
    Files.createSymbolicLink(link, outside);
    CaptureSession session = CaptureSession.open(folder);
    String message =
        assertThrows(SkinSpectraException.class, () -> session.read(session.frames().get(0)))
            .getMessage();
    assertTrue(message.contains("link"), message);
    assertEquals(Kind.DAMAGED, problems().get("frames/" + link.getFileName()));
  }

  @Test
  void aFolderOfFramesThatIsALinkIsNotFollowed() throws IOException {
    Path outside = temporary.resolve("outside");
    Files.move(folder.resolve("frames"), outside);
    Files.createSymbolicLink(folder.resolve("frames"), outside);
    CaptureSession session = CaptureSession.open(folder);
    assertThrows(SkinSpectraException.class, () -> session.read(session.frames().get(0)));
  }

  @Test
  void theFrameOfAnotherSessionIsNotTakenForOneOfThis() throws IOException {
    Path other = temporary.resolve("other");
    try (SessionWriter writer =
        SessionWriter.create(other, SessionSetup.EMPTY, DiskStandIn.UNFORCED, 1 << 20)) {
      for (int t = 0; t < 9; t++) {
        writer.write(
            CapturedFrame.group(
                FrameKind.IMAGE, t, List.of(Frames.random(PixelType.GRAY8, 3, 3, "N960", t))));
      }
    }
    Path stray = SessionContents.entries(other.resolve("frames")).get(8);
    Files.copy(stray, folder.resolve("frames").resolve(stray.getFileName()));
    assertEquals(Map.of("frames/" + stray.getFileName(), Kind.UNKNOWN), problems());
    try (SessionWriter writer = SessionWriter.append(folder, Map.of())) {
      writer.write(
          CapturedFrame.group(
              FrameKind.IMAGE, 8, List.of(Frames.random(PixelType.GRAY8, 3, 3, "N960", 8))));
    }
    // Numbers go on after the stray file's, so that it cannot be overwritten.
    List<StoredFrame> frames = CaptureSession.open(folder).frames();
    assertEquals(10, frames.get(frames.size() - 1).number());
  }

  @Test
  void verificationCanBeCanceled() {
    ProgressMonitor canceling =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return true;
          }
        };
    assertThrows(SkinSpectraException.class, () -> CaptureSession.open(folder).verify(canceling));
  }
}
