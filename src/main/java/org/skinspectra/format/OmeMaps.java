package org.skinspectra.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ome.xml.model.MapAnnotation;
import ome.xml.model.MapPair;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Keys and values in the map annotations of OME-XML, of any text. */
public final class OmeMaps {

  private OmeMaps() {}

  /** An annotation of a document that is written. */
  public static MapAnnotation annotation(String id, String namespace, Map<String, String> values) {
    List<MapPair> pairs = new ArrayList<>();
    values.forEach(
        (key, value) -> pairs.add(new MapPair(AsciiXml.escaped(key), AsciiXml.escaped(value))));
    MapAnnotation annotation = new MapAnnotation();
    annotation.setID(id);
    annotation.setNamespace(namespace);
    annotation.setValue(pairs);
    return annotation;
  }

  /** The values of the first annotation of a namespace; empty where there is none. */
  public static Optional<Map<String, String>> values(Element root, String namespace) {
    NodeList annotations = root.getElementsByTagNameNS("*", "MapAnnotation");
    for (int i = 0; i < annotations.getLength(); i++) {
      Element annotation = (Element) annotations.item(i);
      if (annotation.getAttribute("Namespace").equals(namespace)) {
        Map<String, String> values = new TreeMap<>();
        NodeList pairs = annotation.getElementsByTagNameNS("*", "M");
        for (int k = 0; k < pairs.getLength(); k++) {
          Element pair = (Element) pairs.item(k);
          values.put(
              AsciiXml.unescaped(pair.getAttribute("K")),
              AsciiXml.unescaped(pair.getTextContent()));
        }
        return Optional.of(values);
      }
    }
    return Optional.empty();
  }
}
