package org.skinspectra.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.SkinSpectraException;

/**
 * Which published network some weights belong to, and its sizes: MST++ (Cai et al., CVPRW 2022) or
 * the mask-guided MST (Cai et al., CVPR 2022). Tensor names are those of the public PyTorch state
 * dicts.
 *
 * @param kind the network
 * @param inputs channels of the input image
 * @param outputs bands of the output; equal to {@code features}, since both networks add their
 *     embedded input to their output
 * @param features channels at full resolution and width of an attention head: {@code n_feat} of
 *     MST++, {@code dim} of MST
 * @param stages U-shaped networks in a row; 1 for MST
 * @param blocks attention blocks at every level of a U-shaped network, full resolution first, the
 *     bottleneck last
 */
public record Architecture(
    Kind kind, int inputs, int outputs, int features, int stages, List<Integer> blocks) {

  static final int MAX_CHANNELS = 4096;
  static final int MAX_STAGES = 64;
  static final int MAX_DEPTH = 6;
  static final int MAX_BLOCKS = 16;
  static final int MAX_BOTTLENECK_CHANNELS = 16384;

  /** The published networks. */
  public enum Kind {
    MST_PLUS_PLUS("MST++", "mst++", "n_feat"),
    MST("MST", "mst", "dim");

    private final String label;
    private final String metadataName;
    private final String featuresKey;

    Kind(String label, String metadataName, String featuresKey) {
      this.label = label;
      this.metadataName = metadataName;
      this.featuresKey = featuresKey;
    }
  }

  /**
   * @throws SkinSpectraException if a size is out of range or the sizes contradict the network's
   *     structure
   */
  public Architecture {
    blocks = List.copyOf(blocks);
    requireRange("input channels", inputs, MAX_CHANNELS);
    requireRange("output bands", outputs, MAX_CHANNELS);
    requireRange("features", features, MAX_CHANNELS);
    requireRange("stages", stages, MAX_STAGES);
    requireRange("levels", blocks.size() - 1, MAX_DEPTH);
    requireRange("bottleneck channels", features << blocks.size() - 1, MAX_BOTTLENECK_CHANNELS);
    for (int count : blocks) {
      requireRange("attention blocks at one level", count, MAX_BLOCKS);
    }
    if (kind == Kind.MST && stages != 1) {
      throw new SkinSpectraException("MST is one U-shaped network, not " + stages + ".");
    }
    if (outputs != features) {
      throw new SkinSpectraException(
          kind.label
              + " adds its embedded input to its output, so it needs as many features as output"
              + " bands, but the model has "
              + features
              + " features and "
              + outputs
              + " output bands.");
    }
  }

  /** The published MST++: {@code outputs} features, two levels, one block at each. */
  public static Architecture mstPlusPlus(int inputs, int outputs, int stages) {
    return new Architecture(Kind.MST_PLUS_PLUS, inputs, outputs, outputs, stages, List.of(1, 1, 1));
  }

  /** A mask-guided MST with the given blocks at every level, the bottleneck last. */
  public static Architecture mst(int inputs, int outputs, List<Integer> blocks) {
    return new Architecture(Kind.MST, inputs, outputs, outputs, 1, blocks);
  }

  /**
   * Finds the network and its sizes from the names and shapes of the tensors alone.
   *
   * @throws SkinSpectraException if the weights belong to neither network, a tensor that tells a
   *     size is missing or misshapen, or the metadata say something else
   */
  public static Architecture infer(Weights weights) {
    return ArchitectureInference.infer(weights);
  }

  /** Levels below full resolution; the image side is halved this many times. */
  public int depth() {
    return blocks.size() - 1;
  }

  /** Attention blocks at {@code level}; 0 is full resolution, {@link #depth()} the bottleneck. */
  public int blocks(int level) {
    return blocks.get(level);
  }

  /** Channels at {@code level}; also heads × {@link #features()}. */
  public int width(int level) {
    return features << level;
  }

  /** Attention heads at {@code level}. */
  public int heads(int level) {
    return 1 << level;
  }

  /** Every tensor of the network with its shape in PyTorch layout, in the order of the network. */
  public Map<String, int[]> tensors() {
    return TensorNames.of(this);
  }

  /** Number of trained values. */
  public long parameterCount() {
    return tensors().values().stream().mapToLong(WeightTensor::elements).sum();
  }

  /**
   * Checks that the weights hold exactly the tensors of this network, each of the right shape and
   * finite.
   *
   * @throws SkinSpectraException naming the first tensors that are not so, and how many there are
   */
  public void check(Weights weights) {
    new WeightsCheck(this, weights).run();
  }

  /**
   * The sizes as the metadata of a weights file; {@link #infer} accepts nothing that contradicts.
   */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("architecture", kind.metadataName);
    metadata.put("in_channels", Integer.toString(inputs));
    metadata.put("out_channels", Integer.toString(outputs));
    metadata.put(kind.featuresKey, Integer.toString(features));
    if (kind == Kind.MST) {
      metadata.put("stage", Integer.toString(depth()));
    } else {
      metadata.put("stage", Integer.toString(stages));
    }
    if (kind == Kind.MST || !blocks.equals(Collections.nCopies(3, 1))) {
      List<String> counts = new ArrayList<>();
      blocks.forEach(count -> counts.add(Integer.toString(count)));
      metadata.put("num_blocks", String.join(",", counts));
    }
    return metadata;
  }

  /** One line for people: {@code MST++ 4→61, 61 features, 3 stages}. */
  public String describe() {
    String sizes = kind.label + " " + inputs + "→" + outputs + ", " + features + " features, ";
    if (kind == Kind.MST) {
      return sizes + depth() + (depth() == 1 ? " level" : " levels");
    }
    return sizes + stages + (stages == 1 ? " stage" : " stages");
  }

  private static void requireRange(String what, int value, int max) {
    if (value < 1 || value > max) {
      throw new SkinSpectraException(
          "A model of " + value + " " + what + " is not supported; 1 to " + max + " are.");
    }
  }
}
