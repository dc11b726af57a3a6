package org.skinspectra.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * XML in ASCII, as the description of a TIFF holds it: other characters are written as character
 * references, and those that XML cannot hold as <code>&#92;uXXXX</code>.
 */
public final class AsciiXml {

  /** What XML 1.0 has no place for, and the beginning of our own escapes. */
  private static final Pattern UNWRITABLE =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]|\\\\(?=u)");

  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");

  private AsciiXml() {}

  /** Text of which XML can hold every character; {@link #unescaped} gives it back. */
  public static String escaped(String text) {
    return UNWRITABLE
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement("\\u%04x".formatted((int) found.group().charAt(0))));
  }

  /** Text as it was before {@link #escaped}. */
  public static String unescaped(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Character.toString((char) Integer.parseInt(found.group(1), 16))));
  }

  /**
   * Writes a document.
   *
   * @param root gives the root element, made for the document that it is given
   */
  public static byte[] write(Function<Document, Element> root) {
    try {
      Document document = builder().newDocument();
      document.appendChild(root.apply(document));
      // Not whichever factory is on the class path: in Fiji there are several.
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.ENCODING, "US-ASCII");
      ByteArrayOutputStream text = new ByteArrayOutputStream(4096);
      transformer.transform(new DOMSource(document), new StreamResult(text));
      return text.toByteArray();
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException("Java cannot write XML here.", e);
    }
  }

  /**
   * Reads a text that nobody vouches for: without a document type, so without entities that grow or
   * that lead to other files.
   *
   * @throws IOException if it is not well formed, or has a document type
   */
  public static Document read(String text) throws IOException {
    try {
      DocumentBuilder builder = builder();
      builder.setErrorHandler(new Throwing());
      return builder.parse(new InputSource(new StringReader(text)));
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException("its OME-XML cannot be read: " + e.getMessage(), e);
    }
  }

  private static DocumentBuilder builder() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    return factory.newDocumentBuilder();
  }

  /** Without it the parser prints to standard error. */
  private static final class Throwing implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
