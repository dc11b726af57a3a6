package loci.formats;

public class UnknownFormatException extends FormatException {

  public UnknownFormatException(String message) {
    super(message);
  }
}
