package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class AsciiXmlTest {

  private static Element root(Document document, String text) {
    Element root = document.createElement("a");
    root.setTextContent(AsciiXml.escaped(text));
    return root;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "größer\n<&>\"'",
        "\u0000\u0001\u001f\ufffe\uffff",
        "\ud83d\ude00",
        "\ud800 alone",
        "alone \udc00",
        "\\u0041 \\\\u0041 C:\\users \\"
      })
  void everyTextComesBackThroughAscii(String text) throws IOException {
    byte[] xml = AsciiXml.write(document -> root(document, text));
    for (byte b : xml) {
      assertTrue(b >= 0, "not ASCII: " + new String(xml, StandardCharsets.ISO_8859_1));
    }
    Document back = AsciiXml.read(new String(xml, StandardCharsets.US_ASCII));
    assertEquals(text, AsciiXml.unescaped(back.getDocumentElement().getTextContent()));
  }

  @Test
  void whatXmlCanHoldIsWrittenAsItIs() {
    assertEquals("größer \t\n\\", AsciiXml.escaped("größer \t\n\\"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no XML", "<a>", "<a></b>", "<!DOCTYPE a><a/>", "<a>&entity;</a>", "<a/><b/>"})
  void brokenTextAndDocumentTypesAreErrors(String text) {
    assertThrows(IOException.class, () -> AsciiXml.read(text));
  }
}
