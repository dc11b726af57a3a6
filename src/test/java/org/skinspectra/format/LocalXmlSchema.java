package org.skinspectra.format;

import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;

/** Gives the one schema that OME's imports, of {@code xml:lang}, without asking the network. */
public final class LocalXmlSchema implements LSResourceResolver {

  private static final String SCHEMA =
      "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='http://www.w3.org/XML/1998/namespace'>"
          + "<xs:attribute name='lang' type='xs:language'/></xs:schema>";

  @Override
  public LSInput resolveResource(
      String type, String namespace, String publicId, String systemId, String baseUri) {
    return "http://www.w3.org/XML/1998/namespace".equals(namespace) ? new Input(systemId) : null;
  }

  private record Input(String systemId) implements LSInput {
    @Override
    public Reader getCharacterStream() {
      return new StringReader(SCHEMA);
    }

    @Override
    public InputStream getByteStream() {
      return null;
    }

    @Override
    public String getStringData() {
      return null;
    }

    @Override
    public String getSystemId() {
      return systemId;
    }

    @Override
    public String getPublicId() {
      return null;
    }

    @Override
    public String getBaseURI() {
      return null;
    }

    @Override
    public String getEncoding() {
      return null;
    }

    @Override
    public boolean getCertifiedText() {
      return false;
    }

    @Override
    public void setCharacterStream(Reader reader) {}

    @Override
    public void setByteStream(InputStream stream) {}

    @Override
    public void setStringData(String data) {}

    @Override
    public void setSystemId(String id) {}

    @Override
    public void setPublicId(String id) {}

    @Override
    public void setBaseURI(String uri) {}

    @Override
    public void setEncoding(String encoding) {}

    @Override
    public void setCertifiedText(boolean certified) {}
  }
}
