package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTableTest {

  @TempDir Path folder;

  @Test
  void alignsTextsLeftAndNumbersRight() {
    String text =
        TextTable.of("image", "SAM (rad)", "n")
            .with("p901", 0.025123, 4071)
            .with("p902_smile", 0.1, 9)
            .text();
    assertEquals(
        """
        image       SAM (rad)     n
        ----------  ---------  ----
        p901          0.02512  4071
        p902_smile     0.1000     9
        """,
        text);
  }

  @Test
  void aColumnCanBeLeftOut() {
    TextTable table = TextTable.of("a", "b", "c").with(1, 2, 3);
    assertEquals("a  c\n-  -\n1  3\n", table.without("b").text());
    assertThrows(IllegalArgumentException.class, () -> table.without("d"));
  }

  @Test
  void showsFourDigitsOfAnySize() {
    assertEquals("0.000", shown(0.0));
    assertEquals("-12.35", shown(-12.345678));
    assertEquals("123457", shown(123456.7f));
    assertEquals("1.230e-05", shown(1.23e-5));
    assertEquals("1.000e+09", shown(1e9));
    assertEquals("NaN", shown(Double.NaN));
    assertEquals("a b", shown("a\nb"));
  }

  @Test
  void aTableWithoutRowsIsItsHeadings() {
    assertEquals("a  b\n-  -\n", TextTable.of("a", "b").text());
  }

  @Test
  void csvKeepsEveryDigitAndQuotes() throws IOException {
    Path file = folder.resolve("out").resolve("table.csv");
    TextTable.of("file", "value").with("a, \"b\"", 1.0 / 3).writeCsv(file);
    assertEquals("file,value\n\"a, \"\"b\"\"\",0.3333333333333333\n", Files.readString(file));
  }

  @Test
  void refusesRowsOfAnotherLength() {
    TextTable table = TextTable.of("a", "b");
    assertThrows(IllegalArgumentException.class, () -> table.with(1));
    assertThrows(IllegalArgumentException.class, () -> table.with(1, 2, 3));
  }

  private static String shown(Object cell) {
    return TextTable.of("a").with(cell).text().lines().skip(2).findFirst().orElseThrow().strip();
  }
}
