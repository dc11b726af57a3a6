package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.evaluation.AngleThumbnail;
import org.skinspectra.evaluation.BandResult;
import org.skinspectra.evaluation.EvaluationResults;
import org.skinspectra.evaluation.ImageResult;
import org.skinspectra.evaluation.ModelResults;
import org.skinspectra.evaluation.RangeScore;
import org.skinspectra.evaluation.Unscored;
import org.skinspectra.measure.AngleUnit;
import org.skinspectra.measure.IndexError;
import org.skinspectra.measure.SkinIndex;
import org.skinspectra.measure.SkinIndices;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.MissingFiles;

class EvaluationPageTest {

  private static final String EVIL = "\"><script>alert('x')</script>&\u202e";

  @TempDir Path folder;

  private static ImageResult image(String name, String subject, double angle) {
    double[] flat = new double[61];
    Arrays.fill(flat, 0.25);
    BandResult bands = new BandResult(Wavelengths.VIS_NIR, flat, flat, flat, flat, flat, flat);
    List<RangeScore> ranges = new ArrayList<>();
    for (SpectralRange range : SpectralRange.values()) {
      ranges.add(new RangeScore(range, angle, angle / 2, 9, 0.5, 0.125, 30, Double.NaN));
    }
    return new ImageResult(
        name,
        "test",
        subject,
        4,
        3,
        8,
        ranges,
        bands,
        List.of(new IndexError("ita", 8, 0, 2.5, -1.5)));
  }

  private static ModelResults model(String label, double... angles) {
    List<ImageResult> images = new ArrayList<>();
    for (int i = 0; i < angles.length; i++) {
      images.add(image("p00" + i + "_a", "p00" + i, angles[i]));
    }
    return new ModelResults(
        label,
        label,
        new ModelDescription(label, "abc", "one layer"),
        images,
        List.of(new Unscored("test/p009_a", "the mask is " + EVIL, true)),
        0);
  }

  private static EvaluationTables tables(ModelResults... models) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("data set", "faces " + EVIL);
    return new EvaluationTables(
        new EvaluationResults(
            about,
            List.of(new MissingFiles("test", "p008_" + EVIL, List.of("NIR"))),
            List.of(models)),
        SkinIndices.discover().all().stream().map(SkinIndex::description).toList());
  }

  private String page(EvaluationTables tables) throws IOException {
    Path file = folder.resolve("report.html");
    float[] angles = {0, 0.1f, 0.2f, Float.NaN};
    new EvaluationPage(
            tables,
            (model, image) -> Optional.of(new AngleThumbnail(2, 2, angles, 0.2)),
            AngleUnit.RADIANS)
        .write(file);
    return Files.readString(file);
  }

  @Test
  void whatComesFromFilesIsTextNotMarkup() throws IOException {
    ModelResults evil = model("model " + EVIL, 0.1, 0.2);
    ModelResults named =
        new ModelResults(
            evil.label(),
            evil.place(),
            new ModelDescription("m" + EVIL, "id" + EVIL, "net" + EVIL),
            List.of(image("p001_" + EVIL, "p001" + EVIL, 0.1)),
            evil.unscored(),
            0);
    String html = page(tables(named, model("second", 0.1, 0.2)));
    assertFalse(html.contains("alert('x')"), "escaped everywhere");
    assertTrue(html.contains("p001_&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)"), html);
    assertFalse(html.contains("\u202e"), "nothing that turns the direction of the text");
    assertEquals(1, html.split("<script", -1).length - 1, "the one that sorts");
  }

  @Test
  void nothingIsFetchedFromElsewhere() throws IOException {
    String html = page(tables(model("one", 0.1, 0.2)));
    Matcher addresses = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(html);
    int count = 0;
    while (addresses.find()) {
      String address = addresses.group(1);
      assertTrue(address.startsWith("data:image/png") || address.startsWith("#"), address);
      count++;
    }
    assertEquals(3, count);
    assertFalse(html.contains("http://") || html.contains("https://") || html.contains("@import"));
    assertTrue(html.contains("default-src 'none'"));
  }

  /** Every tag that is opened is closed, in order; the page is no use if a table is torn. */
  @Test
  void tagsAreBalanced() throws IOException {
    String html =
        page(tables(model("one", 0.1, 0.2), model("two", 0.1)))
            .replaceAll("(?s)<script>.*</script>", "")
            .replaceAll("(?s)<style>.*</style>", "");
    List<String> open = new ArrayList<>();
    Matcher tags = Pattern.compile("<(/?)([a-z0-9]+)([^>]*)>").matcher(html);
    while (tags.find()) {
      String name = tags.group(2);
      boolean empty = List.of("meta", "img").contains(name) || tags.group(3).endsWith("/");
      if (!tags.group(1).isEmpty()) {
        assertEquals(name, open.remove(open.size() - 1));
      } else if (!empty) {
        open.add(name);
      }
    }
    assertEquals(List.of(), open);
  }

  @Test
  void mapsAreOnOneScaleThatIsLabelled() throws IOException {
    String html = page(tables(model("one", 0.1, 0.2)));
    Matcher png = Pattern.compile("data:image/png;base64,([^\"]+)").matcher(html);
    assertTrue(png.find());
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png.group(1))));
    assertEquals(0xff000000 | Viridis.rgb(0), image.getRGB(0, 0));
    assertEquals(0xff000000 | Viridis.rgb(1), image.getRGB(0, 1));
    assertEquals(0xff000000 | AnglePicture.NO_VALUE, image.getRGB(1, 1));
    assertTrue(html.contains("<span>0.00</span>") && html.contains("<span>≥ 0.20</span>"), html);
  }

  @Test
  void numbersStandWithTheirSpreadTheirIntervalAndTheirDefinition() throws IOException {
    String html = page(tables(model("one", 0.1, 0.2), model("two", 0.2, 0.2)));
    assertTrue(html.contains("0.1500 ± 0.0500<small>[0.1000, 0.2000]</small>"), html);
    assertTrue(html.contains("+0.0500<small>[0.0000, 0.1000]</small>"), html);
    assertTrue(html.contains("not clinically validated"));
    assertTrue(html.contains("the peak is a reflectance of 1.0"));
    assertTrue(html.contains("test/p009_a") && html.contains("has no NIR"));
  }

  @Test
  void withOneSubjectNoIntervalIsStatedAndWhyIsSaid() throws IOException {
    String html = page(tables(model("one", 0.1)));
    assertTrue(html.contains("<small>no interval</small>"), html);
    assertTrue(html.contains("it takes two subjects or more"));
    assertEquals(
        "not stated",
        new EvaluationText(tables(model("one", 0.1)), AngleUnit.DEGREES)
            .summary()
            .rows()
            .get(0)
            .get(5));
  }

  @Test
  void thePageIsTheSameEveryTimeAndSmall() throws IOException {
    EvaluationTables tables = tables(model("one", 0.1, 0.2));
    String once = page(tables);
    assertEquals(once, page(tables));
    assertTrue(once.length() < 60_000, once.length() + " characters");
  }

  @Test
  void tablesForProgramsHaveARowForEveryNumber() throws IOException {
    tables(model("one", 0.1, 0.2), model("two", 0.2)).writeCsv(folder);
    List<String> images = Files.readAllLines(folder.resolve("images.csv"));
    assertEquals(1 + 3 * 3, images.size());
    assertEquals("one,test,p000_a,p000,joint,0.1,0.05,0.5,0.125,30.0,NaN,9,8,abc", images.get(1));
    List<String> summary = Files.readAllLines(folder.resolve("summary.csv"));
    assertEquals(1 + 2 * 3 * 6, summary.size());
    assertTrue(summary.get(1).startsWith("one,joint,SAM challenge,rad,2,2,0.15"), summary.get(1));
    String difference =
        summary.stream().filter(line -> line.startsWith("two,joint,SAM ch")).findFirst().get();
    assertEquals("two,joint,SAM challenge,rad,1,1,0.2,0.0,,,0.1,1,,,abc", difference);
    assertEquals(1 + 3 * 3, Files.readAllLines(folder.resolve("subjects.csv")).size());
    assertEquals(1 + 2 * 61, Files.readAllLines(folder.resolve("bands.csv")).size());
    List<String> indices = Files.readAllLines(folder.resolve("indices.csv"));
    assertEquals(
        "one,mean of 2,ita,°,16,0,2.5,2.5,2.5,-1.5,-1.5,-1.5,not clinically validated",
        indices.get(1));
    assertEquals(1 + 3, Files.readAllLines(folder.resolve("missing.csv")).size());
  }

  @Test
  void theJsonHasNullWhereThereIsNoValue() throws IOException {
    Path file = folder.resolve("evaluation.json");
    new EvaluationJson(tables(model("one", 0.1), model("two", 0.2, 0.3))).write(file);
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    JsonObject one = json.getAsJsonArray("models").get(0).getAsJsonObject();
    JsonObject joint = one.getAsJsonObject("overall").getAsJsonObject("joint");
    assertEquals(0.1, joint.getAsJsonObject("sam_challenge_rad").get("mean").getAsDouble());
    assertTrue(joint.getAsJsonObject("sam_challenge_rad").get("interval").isJsonNull());
    assertTrue(joint.getAsJsonObject("ssim").get("mean").isJsonNull());
    JsonObject two = json.getAsJsonArray("models").get(1).getAsJsonObject();
    assertEquals(
        0.1,
        two.getAsJsonObject("minus_first_model")
            .getAsJsonObject("VIS")
            .getAsJsonObject("sam_challenge_rad")
            .get("mean")
            .getAsDouble(),
        1e-12);
    assertEquals(
        "NIR",
        json.getAsJsonArray("incomplete_images")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("has_no")
            .get(0)
            .getAsString());
    assertEquals("abc", two.get("model_id").getAsString());
  }

  @Test
  void aDrawingOfNothingIsRefusedAndGapsAreLeftOpen() {
    double[] values = {0.5, Double.NaN, 0.25, 0.75};
    Wavelengths grid = Wavelengths.range(400, 10, 430);
    SvgSpectra gap =
        new SvgSpectra("gap", "R", List.of(Curve.of("a", grid, values)), List.of(0xff0000));
    Matcher curve = Pattern.compile("class=\"curve\" d=\"([^\"]*)\"").matcher(gap.html());
    assertTrue(curve.find());
    assertEquals(2, curve.group(1).split("M", -1).length - 1, curve.group(1));
    double[] none = new double[4];
    Arrays.fill(none, Double.NaN);
    SvgSpectra empty = new SvgSpectra("none", "R", List.of(Curve.of("a", grid, none)), List.of(0));
    assertThrows(org.skinspectra.SkinSpectraException.class, empty::html);
  }
}
