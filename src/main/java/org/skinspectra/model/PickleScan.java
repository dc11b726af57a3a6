package org.skinspectra.model;

import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Opcodes;
import org.skinspectra.SkinSpectraException;

/**
 * Reads a pickle from its first to its last opcode without making anything of it, following only
 * what kind of value lies where on the stack. A pickle passes when every class it names, in
 * whichever way, is a {@link TensorClass} and every opcode finds the kinds of values it needs.
 *
 * <p>What is bounded: the number of opcodes, the length of numbers written as text, and by these
 * the stack, the memo and the work of the unpickler that follows. Keys of dictionaries and members
 * of sets must be plain values, since hashing a nested list could take forever.
 */
final class PickleScan {

  private static final int MAX_OPCODES = 1_000_000;

  private enum Kind {
    MARK,
    TEXT,
    PLAIN,
    BYTES,
    TUPLE,
    LIST,
    DICT,
    SET,
    CLASS,
    STORAGE,
    TENSOR
  }

  /** A value on the stack: its kind, and its text or class where that matters. */
  private record Item(Kind kind, String text, TensorClass type) {
    Item(Kind kind) {
      this(kind, null, null);
    }
  }

  private static final Item MARK = new Item(Kind.MARK);
  private static final Item PLAIN = new Item(Kind.PLAIN);

  private final PickleInput input;
  private final List<Item> stack = new ArrayList<>();
  private final Map<Integer, Item> memo = new HashMap<>();

  private PickleScan(byte[] pickle) {
    input = new PickleInput(pickle);
  }

  /**
   * Refuses a pickle that is more than tensors in containers.
   *
   * @throws SkinSpectraException saying what is wrong, with the class it names or the position; the
   *     caller adds the file
   */
  static void check(byte[] pickle) {
    PickleScan scan = new PickleScan(pickle);
    try {
      scan.run();
    } catch (BufferUnderflowException e) {
      throw new SkinSpectraException("it is truncated after " + pickle.length + " bytes", e);
    } catch (NumberFormatException e) {
      throw scan.damaged("a number was expected");
    }
  }

  private void run() {
    for (int count = 0; count < MAX_OPCODES; count++) {
      short opcode = (short) input.unsignedByte();
      if (opcode == Opcodes.STOP) {
        pop();
        if (!stack.isEmpty() || !input.isAtEnd()) {
          throw damaged("it ends too early");
        }
        return;
      }
      step(opcode);
    }
    throw new SkinSpectraException(
        "it has more than " + MAX_OPCODES + " steps; no model here needs as many");
  }

  private void step(short opcode) {
    switch (opcode) {
      case Opcodes.PROTO -> input.skip(1);
      case Opcodes.FRAME -> input.skip(8);
      case Opcodes.MARK -> stack.add(MARK);
      case Opcodes.POP -> pop();
      case Opcodes.POP_MARK -> popToMark();
      case Opcodes.DUP -> stack.add(peek());
      case Opcodes.NONE, Opcodes.NEWTRUE, Opcodes.NEWFALSE -> stack.add(PLAIN);
      case Opcodes.BININT1 -> plain(1);
      case Opcodes.BININT2 -> plain(2);
      case Opcodes.BININT -> plain(4);
      case Opcodes.BINFLOAT -> plain(8);
      case Opcodes.LONG1 -> number(input.unsignedByte());
      case Opcodes.LONG4 -> number(input.fourBytes());
      case Opcodes.INT, Opcodes.LONG, Opcodes.FLOAT -> {
        input.numberLine();
        stack.add(PLAIN);
      }
      case Opcodes.STRING, Opcodes.UNICODE -> text(input.quotedLine());
      case Opcodes.SHORT_BINSTRING, Opcodes.SHORT_BINUNICODE ->
          text(input.string(input.unsignedByte()));
      case Opcodes.BINSTRING, Opcodes.BINUNICODE -> text(input.string(input.fourBytes()));
      case Opcodes.BINUNICODE8 -> text(input.string(input.eightBytes()));
      case Opcodes.SHORT_BINBYTES -> bytes(input.unsignedByte());
      case Opcodes.BINBYTES -> bytes(input.fourBytes());
      case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> bytes(input.eightBytes());
      case Opcodes.EMPTY_TUPLE -> stack.add(new Item(Kind.TUPLE));
      case Opcodes.TUPLE1 -> tuple(1);
      case Opcodes.TUPLE2 -> tuple(2);
      case Opcodes.TUPLE3 -> tuple(3);
      case Opcodes.TUPLE -> collect(Kind.TUPLE);
      case Opcodes.EMPTY_LIST -> stack.add(new Item(Kind.LIST));
      case Opcodes.LIST -> collect(Kind.LIST);
      case Opcodes.APPEND -> {
        pop();
        require(peek(), Kind.LIST);
      }
      case Opcodes.APPENDS -> {
        popToMark();
        require(peek(), Kind.LIST);
      }
      case Opcodes.EMPTY_SET -> stack.add(new Item(Kind.SET));
      case Opcodes.FROZENSET -> {
        popToMark().forEach(this::requireHashable);
        stack.add(new Item(Kind.SET));
      }
      case Opcodes.ADDITEMS -> {
        popToMark().forEach(this::requireHashable);
        require(peek(), Kind.SET);
      }
      case Opcodes.EMPTY_DICT -> stack.add(new Item(Kind.DICT));
      case Opcodes.DICT -> {
        requireEntries(popToMark());
        stack.add(new Item(Kind.DICT));
      }
      case Opcodes.SETITEM -> {
        pop();
        requireHashable(pop());
        require(peek(), Kind.DICT);
      }
      case Opcodes.SETITEMS -> {
        requireEntries(popToMark());
        require(peek(), Kind.DICT);
      }
      case Opcodes.PUT -> memo.put(Integer.parseInt(input.numberLine()), peek());
      case Opcodes.BINPUT -> memo.put(input.unsignedByte(), peek());
      case Opcodes.LONG_BINPUT -> memo.put(input.fourBytes(), peek());
      case Opcodes.MEMOIZE -> memo.put(memo.size(), peek());
      case Opcodes.GET -> recall(Integer.parseInt(input.numberLine()));
      case Opcodes.BINGET -> recall(input.unsignedByte());
      case Opcodes.LONG_BINGET -> recall(input.fourBytes());
      case Opcodes.GLOBAL -> named(input.line(), input.line());
      case Opcodes.STACK_GLOBAL -> {
        String name = require(pop(), Kind.TEXT).text();
        named(require(pop(), Kind.TEXT).text(), name);
      }
      case Opcodes.BINPERSID -> {
        require(pop(), Kind.TUPLE);
        stack.add(new Item(Kind.STORAGE));
      }
      case Opcodes.REDUCE -> call();
      case Opcodes.BUILD -> {
        // Attributes of a state dict's OrderedDict (its _metadata); nothing else may have any.
        pop();
        if (peek().type() != TensorClass.ORDERED_DICT) {
          throw damaged("it sets attributes of something that has none");
        }
      }
      case Opcodes.INST -> {
        TensorClass.of(input.line(), input.line());
        throw damaged("it makes an instance of a class");
      }
      default ->
          throw damaged("it holds the opcode 0x%02x, which no tensor needs".formatted(opcode));
    }
  }

  /** What a call of one of the listed functions gives. */
  private void call() {
    require(pop(), Kind.TUPLE);
    TensorClass called = require(pop(), Kind.CLASS).type();
    Kind result =
        switch (called) {
          case ORDERED_DICT -> Kind.DICT;
          case REBUILD_TENSOR, REBUILD_PARAMETER -> Kind.TENSOR;
          case SIZE -> Kind.TUPLE;
          default -> throw damaged("it calls " + called.pythonName());
        };
    stack.add(new Item(result, null, called));
  }

  private void named(String module, String name) {
    stack.add(new Item(Kind.CLASS, null, TensorClass.of(module, name)));
  }

  private void recall(int key) {
    Item item = memo.get(key);
    if (item == null) {
      throw damaged("it refers to a value it has not stored");
    }
    stack.add(item);
  }

  // -- Stack --

  private Item peek() {
    if (stack.isEmpty()) {
      throw damaged("its stack is empty");
    }
    Item top = stack.get(stack.size() - 1);
    if (top.kind() == Kind.MARK) {
      throw damaged("a value was expected");
    }
    return top;
  }

  private Item pop() {
    Item top = peek();
    stack.remove(stack.size() - 1);
    return top;
  }

  private List<Item> popToMark() {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw damaged("a mark was expected");
    }
    List<Item> above = stack.subList(mark + 1, stack.size());
    List<Item> items = new ArrayList<>(above);
    stack.subList(mark, stack.size()).clear();
    return items;
  }

  private void collect(Kind kind) {
    popToMark();
    stack.add(new Item(kind));
  }

  private void tuple(int size) {
    for (int i = 0; i < size; i++) {
      pop();
    }
    stack.add(new Item(Kind.TUPLE));
  }

  private Item require(Item item, Kind kind) {
    if (item.kind() != kind) {
      throw damaged("a " + kind + " was expected, not a " + item.kind());
    }
    return item;
  }

  private void requireHashable(Item item) {
    if (item.kind() != Kind.TEXT && item.kind() != Kind.PLAIN && item.kind() != Kind.TUPLE) {
      throw damaged("a " + item.kind() + " cannot be a key");
    }
  }

  private void requireEntries(List<Item> items) {
    if (items.size() % 2 != 0) {
      throw damaged("a key lacks its value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      requireHashable(items.get(i));
    }
  }

  private void plain(int bytes) {
    input.skip(bytes);
    stack.add(PLAIN);
  }

  private void number(int bytes) {
    input.skipNumber(bytes);
    stack.add(PLAIN);
  }

  private void text(String text) {
    stack.add(new Item(Kind.TEXT, text, null));
  }

  private void bytes(long length) {
    input.skip(length);
    stack.add(new Item(Kind.BYTES));
  }

  private SkinSpectraException damaged(String problem) {
    return input.damaged(problem);
  }
}
