package org.skinspectra.model;

import java.util.Arrays;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;

/**
 * The allow-list: the Python classes and functions that a PyTorch file may name, because PyTorch
 * itself rebuilds tensors from them. None of them runs any code of the file.
 */
enum TensorClass {
  ORDERED_DICT("collections", "OrderedDict"),
  REBUILD_TENSOR("torch._utils", "_rebuild_tensor_v2"),
  REBUILD_PARAMETER("torch._utils", "_rebuild_parameter"),
  SIZE("torch", "Size"),
  FLOAT_STORAGE("torch", "FloatStorage", ElementType.F32),
  DOUBLE_STORAGE("torch", "DoubleStorage", ElementType.F64),
  HALF_STORAGE("torch", "HalfStorage", ElementType.F16),
  BFLOAT16_STORAGE("torch", "BFloat16Storage", ElementType.BF16),
  LONG_STORAGE("torch", "LongStorage", null),
  INT_STORAGE("torch", "IntStorage", null),
  SHORT_STORAGE("torch", "ShortStorage", null),
  CHAR_STORAGE("torch", "CharStorage", null),
  BYTE_STORAGE("torch", "ByteStorage", null),
  BOOL_STORAGE("torch", "BoolStorage", null);

  private final String module;
  private final String name;
  private final boolean storage;
  private final ElementType elements;

  TensorClass(String module, String name) {
    this(module, name, false, null);
  }

  TensorClass(String module, String name, ElementType elements) {
    this(module, name, true, elements);
  }

  TensorClass(String module, String name, boolean storage, ElementType elements) {
    this.module = module;
    this.name = name;
    this.storage = storage;
    this.elements = elements;
  }

  /**
   * The class of this Python name.
   *
   * @throws SkinSpectraException if it is not on the list
   */
  static TensorClass of(String module, String name) {
    return Arrays.stream(values())
        .filter(known -> known.module.equals(module) && known.name.equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "it names "
                        + Quoted.of(module + "." + name)
                        + ", which has no part in a tensor, and was refused before anything was"
                        + " made from it. If you trust the file, load it in PyTorch and save the"
                        + " weights alone: torch.save(model.state_dict(), 'weights.pt')"));
  }

  /** Whether this is the type of a block of elements rather than something to call. */
  boolean isStorage() {
    return storage;
  }

  /** The type of a storage's elements; none for integers, which no network here has. */
  Optional<ElementType> elements() {
    return Optional.ofNullable(elements);
  }

  /** The Python name. */
  String pythonName() {
    return module + "." + name;
  }
}
