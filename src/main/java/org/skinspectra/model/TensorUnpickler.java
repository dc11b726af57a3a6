package org.skinspectra.model;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.skinspectra.SkinSpectraException;

/**
 * Unpickles containers, plain values and {@link StridedTensor}s, nothing else. The library's own
 * table of classes is never consulted: every name goes through {@link TensorClass}.
 */
final class TensorUnpickler extends Unpickler {

  private TensorUnpickler() {}

  /**
   * The pickled value: maps, lists, arrays for tuples, plain values, {@link StridedTensor}s.
   *
   * @throws SkinSpectraException saying what is wrong with the pickle; the caller adds the file
   */
  static Object load(byte[] pickle) {
    PickleScan.check(pickle);
    try {
      return new TensorUnpickler().loads(pickle);
    } catch (SkinSpectraException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The library meets malformed input with casts and indices that fail, too.
      throw new SkinSpectraException("it is damaged: " + e.getMessage(), e);
    }
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.GLOBAL -> {
        String module = PickleUtils.readline(input);
        stack.add(value(TensorClass.of(module, PickleUtils.readline(input))));
      }
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        stack.add(value(TensorClass.of((String) stack.pop(), name)));
      }
      case Opcodes.INST, Opcodes.OBJ, Opcodes.NEWOBJ, Opcodes.NEWOBJ_EX ->
          throw new SkinSpectraException("it makes an instance of a class");
      // The attributes of a state dict, which hold no tensors.
      case Opcodes.BUILD -> stack.pop();
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put(stack.pop(), value);
      }
      case Opcodes.SETITEMS -> putAll(stack.pop_all_since_marker());
      case Opcodes.DICT -> {
        List<Object> items = stack.pop_all_since_marker();
        stack.add(new LinkedHashMap<>());
        putAll(items);
      }
      default -> {
        return super.dispatch(opcode);
      }
    }
    return NO_RETURN_VALUE;
  }

  @Override
  protected Object persistentLoad(Object id) {
    if (id instanceof Object[] parts
        && parts.length >= 5
        && "storage".equals(parts[0])
        && parts[1] instanceof TensorClass type
        && parts[2] instanceof String key) {
      return new StridedTensor.Storage(key, type, integer(parts[4]));
    }
    throw new SkinSpectraException("it refers to something that is no storage of a tensor");
  }

  private void putAll(List<Object> items) {
    for (int i = 0; i < items.size(); i += 2) {
      put(items.get(i), items.get(i + 1));
    }
  }

  private void put(Object key, Object value) {
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) stack.peek();
    if (map.put(key, value) != null) {
      throw new SkinSpectraException("it has two values for " + Quoted.of(String.valueOf(key)));
    }
  }

  /** What stands for a class on the stack: something to call, or the type of a storage. */
  private static Object value(TensorClass type) {
    if (type.isStorage()) {
      return type;
    }
    IObjectConstructor call =
        switch (type) {
          case ORDERED_DICT -> TensorUnpickler::orderedDict;
          case REBUILD_TENSOR -> TensorUnpickler::tensor;
          case REBUILD_PARAMETER -> TensorUnpickler::parameter;
          case SIZE -> TensorUnpickler::size;
          default -> throw new IllegalArgumentException(type.pythonName());
        };
    return call;
  }

  private static Object orderedDict(Object[] arguments) {
    if (arguments.length != 0) {
      throw new SkinSpectraException("it makes an OrderedDict from arguments");
    }
    return new LinkedHashMap<>();
  }

  private static Object tensor(Object[] arguments) {
    if (arguments.length >= 4
        && arguments[0] instanceof StridedTensor.Storage storage
        && arguments[2] instanceof Object[] shape
        && arguments[3] instanceof Object[] strides) {
      int[] lengths = new int[shape.length];
      long[] steps = new long[strides.length];
      for (int axis = 0; axis < shape.length; axis++) {
        long length = integer(shape[axis]);
        if (length < 0 || length > Integer.MAX_VALUE) {
          throw new SkinSpectraException("it holds a tensor with an axis of length " + length);
        }
        lengths[axis] = (int) length;
      }
      for (int axis = 0; axis < strides.length; axis++) {
        steps[axis] = integer(strides[axis]);
      }
      return new StridedTensor(storage, integer(arguments[1]), lengths, steps);
    }
    throw new SkinSpectraException("it rebuilds a tensor from something else than a storage");
  }

  private static Object parameter(Object[] arguments) {
    if (arguments.length >= 1 && arguments[0] instanceof StridedTensor tensor) {
      return tensor;
    }
    throw new SkinSpectraException("it rebuilds a parameter from something else than a tensor");
  }

  private static Object size(Object[] arguments) {
    if (arguments.length == 1 && arguments[0] instanceof Object[] lengths) {
      return lengths;
    }
    throw new SkinSpectraException("it makes a torch.Size from something else than a tuple");
  }

  private static long integer(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new SkinSpectraException("it holds a tensor whose sizes are not whole numbers");
  }
}
