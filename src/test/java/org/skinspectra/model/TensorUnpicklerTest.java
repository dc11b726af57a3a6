package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.model.TorchFiles.PROTOCOL_2;
import static org.skinspectra.model.TorchFiles.PROTOCOL_4;
import static org.skinspectra.model.TorchFiles.dict;
import static org.skinspectra.model.TorchFiles.integer;
import static org.skinspectra.model.TorchFiles.text;
import static org.skinspectra.model.TorchFiles.vector;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.razorvine.pickle.Unpickler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class TensorUnpicklerTest {

  /** Every way a pickle can name os.system: protocols 0, 2 and 4. */
  static List<String> attacks() {
    return List.of(
        "cos\nsystem\n(S'echo'\ntR",
        "cos\nsystem\n",
        "cos\nsystem\n0N",
        "cos\nsystem\np5\n0g5\n",
        "(S'echo'\nios\nsystem\n",
        "(cos\nsystem\nS'echo'\no",
        "cos\nsystem\n)R}b",
        "cos\nsystem\n}b",
        PROTOCOL_2 + "cos\nsystem\n" + text("echo") + "\u0085R",
        PROTOCOL_2 + "cos\nsystem\n" + text("echo") + "\u0085\u0081",
        PROTOCOL_2 + "ccollections\nOrderedDict\n)R(" + text("a") + "cos\nsystem\nub",
        PROTOCOL_2 + "(" + text("storage") + "cos\nsystem\n" + text("0") + "NK\u0001tQ",
        PROTOCOL_4 + "\u008c\u0002os\u008c\u0006system\u0093\u008c\u0004echo\u0085R",
        PROTOCOL_4 + "\u008c\u0002os\u0094\u008c\u0006system\u009400h\u0000h\u0001\u0093)R",
        PROTOCOL_4 + "Vos\nS'system'\n\u0093)}\u0092",
        PROTOCOL_4 + "U\u0002osT\u0006\u0000\u0000\u0000system\u0093)\u0081");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void foreignClassIsRefusedByNameBeforeAnythingIsMade(String attack) {
    assertRefusedInTheScan(attack + ".", "'os.system'");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void foreignClassDeepInTheOptimizerIsRefusedToo(String attack) {
    String pickle =
        PROTOCOL_4
            + dict(
                text("state_dict"),
                dict(text("w"), vector("0", 6)),
                text("optimizer"),
                dict(text("param_groups"), "](" + dict(text("hook"), attack) + "e"))
            + ".";
    assertRefusedInTheScan(pickle, "'os.system'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "builtins eval",
        "builtins getattr",
        "builtins bytearray",
        "builtins set",
        "__builtin__ exec",
        "posix system",
        "subprocess Popen",
        "decimal Decimal",
        "datetime datetime",
        "exceptions Exception",
        "copy_reg _reconstructor",
        "operator attrgetter",
        "_codecs encode",
        "array array",
        "pytz timezone",
        "numpy.core.multiarray _reconstruct",
        "torch._utils _rebuild_qtensor",
        "torch load",
        "torch.storage _load_from_bytes",
        "collections defaultdict",
        "models.mstpp MST_Plus_Plus"
      })
  void classesTheLibraryOrPyTorchWouldMakeAreRefused(String name) {
    String[] parts = name.split(" ");
    assertRefusedInTheScan(
        "c" + parts[0] + "\n" + parts[1] + "\n)R.", "'" + parts[0] + "." + parts[1] + "'");
  }

  @Test
  void listedNameSplitAtAnotherDotIsRefused() {
    assertRefusedInTheScan("ctorch\n_utils._rebuild_tensor_v2\n.", "'torch._utils._rebuild");
    assertRefusedInTheScan("c\ncollections.OrderedDict\n.", "collections.OrderedDict'");
  }

  @Test
  void tableOfTheLibraryIsNeverConsulted() {
    AtomicInteger made = new AtomicInteger();
    for (String[] name :
        new String[][] {
          {"skinspectra.attack", "Recorder"},
          {"torch._utils", "_rebuild_tensor_v2"},
          {"collections", "OrderedDict"}
        }) {
      Unpickler.registerConstructor(name[0], name[1], arguments -> made.incrementAndGet());
    }
    Object tensors = load(dict(text("w"), vector("0", 6)) + ".");
    assertInstanceOf(StridedTensor.class, ((Map<?, ?>) tensors).get("w"));
    assertThrows(SkinSpectraException.class, () -> load("cskinspectra.attack\nRecorder\n)R."));
    assertEquals(0, made.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0082\u0001", // EXT1
        "\u0083\u0001\u0000", // EXT2
        "\u0084\u0001\u0000\u0000\u0000", // EXT4
        "\u0097", // NEXT_BUFFER
        "N\u0098", // READONLY_BUFFER
        "P0\n", // PERSID
        "(o",
        "N)}\u0092",
        "\u00ff",
        "\u0000",
        "ctorch\nFloatStorage\n)R", // a storage is not called
        "ccollections\nOrderedDict\nNR",
        "ccollections\nOrderedDict\n]\u0085R",
        "N)R",
        "}}b",
        "N}b",
        "NQ",
        ")Q",
        "(Nu",
        "}(Nu",
        "](NNu",
        "Na",
        "(a",
        "}Na",
        "]NNs",
        "}]Ns", // a list cannot be a key
        "}]q\u0000h\u0000ah\u0000Ns",
        "}}Ns",
        "(]Nd",
        "(]\u0091",
        "\u008f(]\u0090",
        "(Nd",
        "t",
        "0",
        "1",
        "2",
        "(2",
        "\u0085",
        "N\u0086",
        "NN\u0087",
        "h\u0007",
        "j\u0007\u0000\u0000\u0000",
        "g7\n",
        "gx\n",
        "p-\n",
        "q\u0000",
        "(q\u0000",
        "\u0094",
        "NN\u0093",
        "I12a\n",
        "Lx\n",
        "Fnone\n",
        "S'open\n",
        "Sbare\n",
        "X\u00ff\u00ff\u00ff\u00ff",
        "X\u00ff\u00ff\u00ff\u007fabc",
        "\u008d\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080",
        "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
        "B\u00ff\u00ff\u00ff\u007f",
        "\u008b\u00ff\u00ff\u00ff\u007f",
        "\u008b\u00ff\u00ff\u00ff\u00ff",
        "\u0095\u0000",
        "\u0080\u0009N",
        "ctorch._utils\n_rebuild_tensor_v2\n)R",
        "ctorch._utils\n_rebuild_tensor_v2\n(NNNNtR",
        "ctorch._utils\n_rebuild_parameter\n(NNNtR",
        "ctorch\nSize\n(NtR"
      })
  void malformedPicklesAreRefused(String pickle) {
    assertThrows(SkinSpectraException.class, () -> load(pickle + "."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "N", "NN.", "N.N", "(", "(."})
  void picklesThatDoNotEndInOneValueAreRefused(String pickle) {
    assertThrows(SkinSpectraException.class, () -> load(pickle));
  }

  @Test
  void pickleCutAnywhereIsRefused() {
    String whole = PROTOCOL_2 + dict(text("w"), vector("0", 6), text("n"), integer(1)) + ".";
    assertInstanceOf(Map.class, load(whole));
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      assertThrows(SkinSpectraException.class, () -> load(cut));
    }
  }

  @Test
  void numbersThatWouldTakeForeverAreRefused() {
    String digits = "7".repeat(1_000_000);
    for (String opcode : new String[] {"L", "I", "F"}) {
      assertThrows(SkinSpectraException.class, () -> load(opcode + digits + "\n."));
    }
  }

  @Test
  void endlessPicklesAreRefused() {
    String pickle = "N0".repeat(600_000) + "N.";
    String message = assertThrows(SkinSpectraException.class, () -> load(pickle)).getMessage();
    assertTrue(message.contains("1000000 steps"), message);
  }

  @Test
  void deepNestingNeedsNoDeepStack() {
    String pickle = "]".repeat(200_000) + "a".repeat(199_999) + ".";
    assertInstanceOf(List.class, load(pickle));
  }

  @Test
  void plainValuesOfCheckpointsAreRead() {
    Map<?, ?> values =
        (Map<?, ?>)
            load(
                "(dS'i'\nI12\nsS'l'\nL12345678901L\nsS't'\nI01\nsS'f'\nF0.5\nsVu\nVtext\nsS'n'\nNsS'a'\n(lI1\nas.");
    assertEquals(12, values.get("i"));
    assertEquals(12345678901L, values.get("l"));
    assertEquals(true, values.get("t"));
    assertEquals(0.5, values.get("f"));
    assertEquals("text", values.get("u"));
    assertEquals(List.of(1), values.get("a"));
  }

  private static void assertRefusedInTheScan(String pickle, String name) {
    SkinSpectraException e = assertThrows(SkinSpectraException.class, () -> load(pickle));
    assertTrue(e.getMessage().contains(name), e.getMessage());
    assertTrue(
        Arrays.stream(e.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(PickleScan.class.getName())));
  }

  private static Object load(String pickle) {
    return TensorUnpickler.load(pickle.getBytes(StandardCharsets.ISO_8859_1));
  }
}
