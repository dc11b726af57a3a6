package org.skinspectra.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.MeanOverImages;
import org.skinspectra.measure.SkinIndices;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.HyperSkinDataset;
import org.skinspectra.train.HyperSkinImage;
import org.skinspectra.train.TinyDataset;

class EvaluationTest {

  @TempDir Path folder;

  private TinyDataset files;

  /** Two images of one subject, one of another. */
  @BeforeEach
  void write() {
    files =
        new TinyDataset(folder.resolve("data"))
            .with("test", "p001_neutral_front", 24, 16)
            .with("test", "p001_smile_left", 24, 16)
            .with("test", "p002_neutral_front", 24, 16);
  }

  /** The truth, brighter by a tenth at 700 nm and above; counts how often it is asked. */
  private static final class Brighter implements Prediction {

    private final String id;
    private final Wavelengths grid;
    private final List<String> asked = new ArrayList<>();

    Brighter(String id) {
      this(id, Wavelengths.VIS_NIR);
    }

    Brighter(String id, Wavelengths grid) {
      this.id = id;
      this.grid = grid;
    }

    @Override
    public ModelDescription model() {
      return new ModelDescription("brighter", id, "none");
    }

    @Override
    public boolean has(HyperSkinImage image) {
      return true;
    }

    @Override
    public Optional<String> identity(HyperSkinImage image) {
      return Optional.of(id);
    }

    @Override
    public SpectralCube of(HyperSkinImage image, ProgressMonitor progress) {
      asked.add(image.name());
      SpectralCube truth = image.truth();
      float[][] planes = new float[truth.bands()][];
      for (int band = 0; band < planes.length; band++) {
        planes[band] = truth.plane(band).clone();
        if (truth.wavelengths().get(band) >= 700) {
          for (int i = 0; i < planes[band].length; i++) {
            planes[band][i] += 0.1f;
          }
        }
      }
      return SpectralCube.ofPlanes(truth.width(), truth.height(), truth.wavelengths(), planes)
          .at(grid);
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  private Evaluation evaluation() {
    return new Evaluation(
        HyperSkinDataset.open(files.root()),
        SkinIndices.discover().all(),
        Optional.of(new ResultFolder(folder.resolve("out/work"))));
  }

  private ModelResults run(Prediction prediction) {
    return evaluation().of(prediction, "a model", name -> ProgressMonitor.NONE);
  }

  private static EvaluationResults results(ModelResults... models) {
    return new EvaluationResults(Map.of(), List.of(), List.of(models));
  }

  // -- Numbers --

  @Test
  void everyImageIsScoredInAllThreeRanges() {
    ModelResults model = run(new Brighter("1"));
    assertEquals(
        List.of("p001_neutral_front", "p001_smile_left", "p002_neutral_front"),
        model.images().stream().map(ImageResult::image).toList());
    ImageResult image = model.images().get(0);
    assertEquals("p001", image.subject());
    assertEquals(12 * 16, image.pixels());
    assertEquals(0.1, image.value(Measure.RMSE, SpectralRange.NIR), 1e-6);
    // Of VIS only 700 nm is wrong, of all 61 bands 31 are.
    assertEquals(0.1 * Math.sqrt(1 / 31.0), image.value(Measure.RMSE, SpectralRange.VIS), 1e-6);
    assertEquals(0.1 * Math.sqrt(31 / 61.0), image.value(Measure.RMSE, SpectralRange.JOINT), 1e-6);
    assertEquals(20, image.value(Measure.PSNR, SpectralRange.NIR), 1e-4);
    assertEquals(0, image.bands().bias()[29], 1e-7);
    assertEquals(0.1, image.bands().bias()[30], 1e-6);
    assertEquals(0, image.index("erythema").orElseThrow().meanAbsolute(), 1e-9);
    assertTrue(image.index("nir").orElseThrow().meanAbsolute() > 0.01);
  }

  @Test
  void aPredictionOfTheVisibleIsScoredThereAndInTheIndicesThatNeedNoMore() {
    ImageResult image = run(new Brighter("1", Wavelengths.VIS)).images().get(0);
    assertEquals(
        List.of(SpectralRange.VIS), image.ranges().stream().map(RangeScore::range).toList());
    assertTrue(Double.isNaN(image.value(Measure.RMSE, SpectralRange.JOINT)));
    assertEquals(31, image.bands().wavelengths().size());
    assertTrue(image.index("erythema").isPresent() && image.index("water970").isEmpty());
  }

  @Test
  void aPredictionWithoutAnyWholeRangeIsListedAsFailed() {
    ModelResults model = run(new Brighter("1", Wavelengths.range(500, 10, 600)));
    assertEquals(3, model.unscored().size());
    assertTrue(model.unscored().get(0).failed());
    String reason = model.unscored().get(0).reason();
    assertTrue(reason.contains("500:10:600") && reason.contains("VIS (400–700 nm)"), reason);
    String message = assertThrows(SkinSpectraException.class, () -> results(model)).getMessage();
    assertTrue(message.contains("No image could be scored. The first, test/p001_neu"), message);
  }

  @Test
  void overImagesAndSubjectsAndAgainstTheFirstModel() {
    ModelResults one = run(new Brighter("1"));
    EvaluationResults results = results(one, one.withLabel("again"));
    MeanOverImages all = results.overall(one, Measure.RMSE, SpectralRange.NIR);
    assertEquals(3, all.images());
    assertEquals(2, all.subjects());
    assertEquals(0.1, all.mean(), 1e-6);
    assertTrue(all.interval().isPresent());
    assertEquals(2, results.ofSubject(one, "p001", Measure.RMSE, SpectralRange.NIR).images());
    MeanOverImages difference =
        results.difference(results.models().get(1), Measure.SAM_CHALLENGE, SpectralRange.JOINT);
    assertEquals(3, difference.images());
    assertEquals(0, difference.mean());
    assertEquals(List.of("p001", "p002"), results.subjects());
    assertEquals(0.1, results.bandMeans(one, BandResult::rmse).orElseThrow()[60], 1e-6);
  }

  @Test
  void oneSubjectHasNoInterval() {
    HyperSkinDataset one = HyperSkinDataset.open(files.root()).subjects("p001");
    ModelResults model =
        new Evaluation(one, List.of(), Optional.empty())
            .of(new Brighter("1"), "a model", name -> ProgressMonitor.NONE);
    MeanOverImages mean = results(model).overall(model, Measure.RMSE, SpectralRange.JOINT);
    assertEquals(2, mean.images());
    assertEquals(Optional.empty(), mean.interval());
    assertFalse(Files.exists(folder.resolve("out")));
  }

  // -- Bad images --

  @Test
  void anImageThatCannotBeScoredIsListedWithItsReasonAndTheOthersGoOn() {
    TinyDataset.writeConstant(files.nir("test", "p001_smile_left"), 31, 24, 16, Double.NaN);
    TinyDataset.writeMask(files.mask("test", "p002_neutral_front"), 16, 24, 8);
    ModelResults model = run(new Brighter("1"));
    assertEquals(1, model.images().size());
    assertTrue(model.hasFailures());
    assertEquals("test/p001_smile_left", model.unscored().get(0).image());
    assertTrue(model.unscored().get(0).reason().contains("NaN at 71"), model.unscored().toString());
    assertTrue(model.unscored().get(1).reason().contains("16x24"), model.unscored().toString());
  }

  // -- Going on --

  @Test
  void aSecondRunTakesUpWhatIsWholeAndGivesTheSameNumbers() {
    ModelResults first = run(new Brighter("1"));
    Brighter again = new Brighter("1");
    ModelResults second = run(again);
    assertEquals(0, first.resumed());
    assertEquals(3, second.resumed());
    assertEquals(List.of(), again.asked);
    for (int i = 0; i < 3; i++) {
      assertSame(first.images().get(i), second.images().get(i));
    }
  }

  private static void assertSame(ImageResult one, ImageResult other) {
    assertEquals(one.ranges(), other.ranges());
    assertEquals(one.indices(), other.indices());
    assertEquals(one.place(), other.place());
    assertTrue(
        Arrays.equals(one.bands().rmse(), other.bands().rmse())
            && Arrays.equals(one.bands().truthSd(), other.bands().truthSd())
            && Arrays.equals(one.bands().predictionMean(), other.bands().predictionMean()));
  }

  @Test
  void anotherModelImageOrMaskIsScoredAnew() {
    run(new Brighter("1"));
    Brighter other = new Brighter("2");
    run(other);
    assertEquals(3, other.asked.size());
    TinyDataset.writeMask(files.mask("test", "p002_neutral_front"), 24, 16, 11);
    Brighter again = new Brighter("2");
    assertEquals(2, run(again).resumed());
    assertEquals(List.of("p002_neutral_front"), again.asked);
  }

  @Test
  void damagedResultsAreMadeAnew() throws IOException {
    ModelResults first = run(new Brighter("1"));
    List<Path> kept;
    try (var list = Files.list(folder.resolve("out/work"))) {
      kept = list.sorted().toList();
    }
    assertEquals(3, kept.size());
    String text = Files.readString(kept.get(0));
    Files.writeString(kept.get(0), text.substring(0, text.length() / 2));
    Files.writeString(
        kept.get(1),
        Files.readString(kept.get(1)).replaceFirst("\"rmse\": 0\\.\\d", "\"rmse\": 0.9"));
    Files.write(kept.get(2), new byte[] {1, 2, 3});
    Brighter again = new Brighter("1");
    ModelResults second = run(again);
    assertEquals(0, second.resumed());
    assertEquals(3, again.asked.size());
    assertSame(first.images().get(1), second.images().get(1));
    assertEquals(3, run(new Brighter("1")).resumed());
  }

  @Test
  void aCancelKeepsWhatIsDone() {
    List<String> begun = new ArrayList<>();
    ProgressMonitor stop =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {
            // Nothing is shown.
          }

          @Override
          public boolean isCanceled() {
            return begun.size() > 2;
          }
        };
    CanceledException canceled =
        assertThrows(
            CanceledException.class,
            () ->
                evaluation()
                    .of(
                        new Brighter("1"),
                        "a model",
                        name -> {
                          begun.add(name);
                          return stop;
                        }));
    assertTrue(canceled.getMessage().contains("is kept in"), canceled.getMessage());
    Brighter rest = new Brighter("1");
    assertEquals(2, run(rest).resumed());
    assertEquals(List.of("p002_neutral_front"), rest.asked);
  }

  @Test
  void mapsAreKeptAndTheDigestOfTheDataSetTellsItsContents() throws IOException {
    Evaluation evaluation = evaluation();
    ModelResults model = evaluation.of(new Brighter("1"), "a model", name -> ProgressMonitor.NONE);
    AngleThumbnail map = evaluation.map(model, model.images().get(0)).orElseThrow();
    assertEquals(24, map.width());
    assertTrue(Float.isNaN(map.radians()[23]), "the right half is outside the mask");
    assertEquals(
        model.images().get(0).value(Measure.SAM_CHALLENGE, SpectralRange.JOINT),
        mean(map.radians()),
        3e-5);
    String digest = evaluation.datasetDigest();
    assertTrue(digest.matches("[0-9a-f]{64}"), digest);
    TinyDataset.writeMask(files.mask("test", "p002_neutral_front"), 24, 16, 11);
    assertNotEquals(digest, evaluation().datasetDigest());
    try (var list = Files.list(folder.resolve("out/work"))) {
      for (Path file : list.toList()) {
        Files.write(file, new byte[] {1});
      }
    }
    assertEquals(Optional.empty(), evaluation.map(model, model.images().get(0)));
  }

  private static double mean(float[] radians) {
    double sum = 0;
    int count = 0;
    for (float angle : radians) {
      if (!Float.isNaN(angle)) {
        sum += angle;
        count++;
      }
    }
    return sum / count;
  }
}
