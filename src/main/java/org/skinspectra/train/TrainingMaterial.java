package org.skinspectra.train;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.Weights;
import org.skinspectra.skin.MeasuredSkin;
import org.skinspectra.skin.MixedSkin;
import org.skinspectra.skin.OpticalSkin;
import org.skinspectra.skin.SceneGenerator;
import org.skinspectra.skin.Seeds;
import org.skinspectra.skin.SimulatedCamera;
import org.skinspectra.skin.SkinReflectance;
import org.skinspectra.skin.SkinSampler;
import org.skinspectra.skin.SkinSource;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * What a network learns from and is validated with: simulated skin, measured spectra and images of
 * a data set, as far as they are given, through one camera.
 */
public final class TrainingMaterial {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /** Of the simulated skins that calibrate cameras. */
  private static final long SIMULATION_SEED = 1;

  /** Of a data set, what is learned from and what is validated with. */
  private static final String TRAIN = "train";

  private static final String VALID = "valid";
  private static final String LEFT_OUT = "spectra left out";

  private static final int CALIBRATION_SKINS = 500;
  private static final int OTHER_CAMERAS = 64;

  /** Apart from the training scenes. */
  private static final long VALIDATION_STREAM = 0x56414C4944L;

  private final TrainingConfiguration configuration;
  private final Optional<SpectraSplit> spectra;
  private final Optional<HyperSkinDataset> dataset;
  private final TrainingCamera camera;
  private final Map<String, Object> origins;
  private final SpectralTable calibration;

  private TrainingMaterial(
      TrainingConfiguration configuration,
      Optional<SpectraSplit> spectra,
      Optional<HyperSkinDataset> dataset,
      TrainingCamera camera,
      Map<String, Object> origins) {
    this.configuration = configuration;
    this.spectra = spectra;
    this.dataset = dataset;
    this.camera = camera;
    this.origins = origins;
    calibration = simulatedSkins();
  }

  /**
   * Gathers the material.
   *
   * @param measured spectra, each table of which covers a part of 400 to 1000 nm; what was not
   *     measured is completed by simulation
   * @param dataset images whose {@code train} split is learned from and whose {@code valid} split
   *     is validated with
   * @throws SkinSpectraException if nothing can be learned from it: a spectrum that is to be held
   *     out does not exist, one is black somewhere, an image is smaller than a crop
   */
  public static TrainingMaterial of(
      TrainingConfiguration configuration,
      Optional<MeasuredSpectra> measured,
      Optional<HyperSkinDataset> dataset,
      TrainingCamera camera) {
    Map<String, Object> origins = new LinkedHashMap<>();
    origins.put("camera", camera.name());
    Optional<SpectraSplit> split =
        measured.map(
            spectra -> {
              SpectraSplit.requireNames(spectra.tables(), configuration);
              List<CompletedSpectra> whole = CompletedSpectra.of(spectra.tables());
              for (int i = 0; i < whole.size(); i++) {
                whole.get(i).requirePositive(spectra.files().get(i));
              }
              origins.put(
                  "spectra",
                  spectra.tables().stream()
                      .map(SpectraDigest::of)
                      .collect(Collectors.joining(", ")));
              origins.put(
                  LEFT_OUT,
                  Integer.toString(
                      spectra.tables().stream().mapToInt(SpectralTable::size).sum()
                          - CompletedSpectra.count(whole)));
              return SpectraSplit.of(whole, configuration);
            });
    dataset.ifPresent(
        images -> {
          List<HyperSkinImage> learned = ofSplit(images, TRAIN);
          if (learned.isEmpty()) {
            throw new SkinSpectraException(
                "The data set has no image in its 'train' folders; only those are learned from.");
          }
          DatasetCheck.requireSide(learned, configuration.cropSide());
          DatasetCheck.requireInfrared(learned.get(0));
          List<HyperSkinImage> used = new ArrayList<>(learned);
          used.addAll(ofSplit(images, VALID));
          origins.put("dataset", DatasetCheck.contents(used));
        });
    if (configuration.simulatedShare() == 0 && split.isEmpty() && dataset.isEmpty()) {
      throw new SkinSpectraException(
          "Nothing to learn from: simulatedShare is 0 and neither spectra nor data are given.");
    }
    return new TrainingMaterial(configuration, split, dataset, camera, origins);
  }

  /** One line for each source, for people. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add("camera: " + camera.name());
    lines.add("simulated skin: share " + configuration.simulatedShare());
    spectra.ifPresent(
        split ->
            lines.add(
                "measured spectra: %d to learn from, %d to validate, %d held out; %s left out, %s rad or more from all simulated skin"
                    .formatted(
                        CompletedSpectra.count(split.training()),
                        CompletedSpectra.count(split.validation()),
                        split.heldOut(),
                        origins.get(LEFT_OUT),
                        CompletedSpectra.LARGEST_ANGLE)));
    dataset.ifPresent(images -> lines.add("data set: %d images".formatted(images.images().size())));
    return lines;
  }

  // -- Learning --

  /** The crops to learn from. */
  CropSource crops() {
    List<MixedCrops.Part> parts = new ArrayList<>();
    long seed = configuration.seed();
    double scenes =
        configuration.simulatedShare() + (spectra.isPresent() ? configuration.measuredShare() : 0);
    if (scenes > 0) {
      PictureSource pictures =
          new ScenePictures(
              new SceneGenerator(skins(spectra.map(SpectraSplit::training).orElse(List.of()))),
              configuration.sceneSide(),
              seed,
              configuration.artefactShare());
      parts.add(new MixedCrops.Part(pictureCrops(pictures, seed), scenes));
    }
    dataset.ifPresent(
        images -> {
          List<HyperSkinImage> learned = ofSplit(images, TRAIN);
          PictureSource pictures = new DatasetPictures(learned, configuration.sceneSide(), seed);
          parts.add(
              new MixedCrops.Part(pictureCrops(pictures, ~seed), configuration.datasetShare()));
        });
    return new MixedCrops(parts, seed);
  }

  private CropSource pictureCrops(PictureSource pictures, long seed) {
    List<SimulatedCamera> others =
        camera.isCanonical()
            ? OtherCameras.draw(OTHER_CAMERAS, GRID, calibration, seed)
            : List.of();
    PictureCrops.Cameras cameras =
        new PictureCrops.Cameras(
            camera.open(GRID, calibration),
            others,
            configuration.otherCameraShare(),
            configuration.capture());
    return new PictureCrops(pictures, cameras, configuration, seed);
  }

  private SkinSource skins(List<CompletedSpectra> measured) {
    List<SkinSource> sources = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    boolean onlySimulated = measured.isEmpty() || configuration.measuredShare() == 0;
    if (configuration.simulatedShare() > 0 || onlySimulated) {
      sources.add(new OpticalSkin());
      shares.add(configuration.simulatedShare() > 0 ? configuration.simulatedShare() : 1);
    }
    double weights = measured.stream().mapToDouble(CompletedSpectra::weight).sum();
    for (CompletedSpectra part : measured) {
      if (configuration.measuredShare() > 0) {
        sources.add(new MeasuredSkin(part.table()));
        shares.add(configuration.measuredShare() * part.weight() / weights);
      }
    }
    MixedSkin mixed = MixedSkin.of(sources.get(0), shares.get(0));
    for (int i = 1; i < sources.size(); i++) {
      mixed = mixed.or(sources.get(i), shares.get(i));
    }
    return mixed;
  }

  /** Simulated skins that cameras are calibrated with, on 400:10:1000 nm. */
  static SpectralTable simulatedSkins() {
    double[][] skins =
        new SkinSampler(SIMULATION_SEED).spectra(CALIBRATION_SKINS, new SkinReflectance(GRID));
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < skins.length; i++) {
      columns.put("skin " + i, skins[i]);
    }
    return SpectralTable.of(GRID, "reflectance factor", columns);
  }

  // -- Validation --

  /**
   * Images that nothing was learned from: of held-out spectra where there are some, else of the
   * same sources with other seeds, and those of the data set's {@code valid} split.
   */
  Validation validation() {
    List<CompletedSpectra> held = spectra.map(SpectraSplit::validation).orElse(List.of());
    List<HyperSkinImage> images = dataset.map(all -> ofSplit(all, VALID)).orElse(List.of());
    SceneGenerator scenes = new SceneGenerator(skins(held));
    return Validation.of(
        scenes,
        camera.open(GRID, calibration),
        images,
        StartingWeights.wiener(this, 0),
        Seeds.of(configuration.seed() ^ VALIDATION_STREAM, 0));
  }

  private static List<HyperSkinImage> ofSplit(HyperSkinDataset dataset, String split) {
    return dataset.images().stream().filter(image -> image.split().equals(split)).toList();
  }

  // -- Provenance --

  /** What a model trained from this carries with it. */
  Map<String, String> metadata(TrainingConfiguration trained, long step) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("wavelengths_nm", GRID.toString());
    metadata.put("description", "trained for %d steps for %s".formatted(step, camera.name()));
    metadata.put("training_configuration", trained.json());
    metadata.put("training_camera", camera.name());
    metadata.put("training_step", Long.toString(step));
    metadata.put("licence", "BSD-2-Clause");
    return metadata;
  }

  /** All that decides the course of a training, as text; equal texts mean equal trainings. */
  String identity(TrainingConfiguration trained, Weights start) {
    Map<String, Object> all = new LinkedHashMap<>(origins);
    all.put("start", start.id());
    all.put("configuration", JsonParser.parseString(trained.json()));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + "\n";
  }
}
