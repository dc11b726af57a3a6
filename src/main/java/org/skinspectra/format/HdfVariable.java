package org.skinspectra.format;

import io.jhdf.ObjectHeader.ObjectHeaderV2;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.Group;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A variable of a MATLAB 7.3 file that is written piece by piece; jHDF 0.13 would hold it whole.
 * The file around it is jHDF's.
 */
final class HdfVariable extends WritableDatasetImpl {

  /** The attribute by which MATLAB knows the class of a variable. */
  static final String CLASS = "MATLAB_class";

  /** Where and how the values are put. */
  interface Storage {

    /** What the header says beside the layout. */
    default List<Message> filters() {
      return List.of();
    }

    /** A layout of the length that the one which {@link #write} gives will have. */
    Message emptyLayout();

    /** Writes the values from {@code address} on. */
    Stored write(HdfFileChannel file, long address) throws IOException;
  }

  /**
   * Values that were written.
   *
   * @param end address after the last byte
   */
  record Stored(Message layout, long end) {}

  private final long[] size;
  private final Storage storage;

  /**
   * @param sample an array of one value of its type, with as many dimensions
   * @param unsigned whether integers are
   * @param size in the order of HDF5
   * @param matlabClass such as {@code single}
   */
  HdfVariable(
      Group group,
      String name,
      Object sample,
      boolean unsigned,
      long[] size,
      String matlabClass,
      Storage storage) {
    super(
        sample,
        name,
        group,
        unsigned
            ? DatasetCreationOptions.builder().unsigned().build()
            : DatasetCreationOptions.DEFAULT);
    this.size = size.clone();
    this.storage = storage;
    getAttributes().put(CLASS, HdfText.attribute(CLASS, this, matlabClass));
    if (matlabClass.equals("char")) {
      // Characters are stored as integers of 2 bytes.
      putAttribute("MATLAB_int_decode", 2);
    }
  }

  @Override
  public long write(HdfFileChannel file, long position) {
    try {
      long address = position + header(position, storage.emptyLayout()).toBuffer().limit();
      Stored stored = storage.write(file, address);
      file.write(header(position, stored.layout()).toBuffer(), position);
      return stored.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectHeaderV2 header(long position, Message layout) {
    DataSpace one = DataSpace.fromObject(getData());
    List<Message> messages = new ArrayList<>();
    messages.add(DataTypeMessage.create(getDataType()));
    messages.add(DataSpaceMessage.create(DataSpace.modifyDimensions(one, size)));
    messages.add(FillValueMessage.NO_FILL);
    messages.addAll(storage.filters());
    messages.add(layout);
    messages.add(AttributeInfoMessage.create());
    new TreeMap<>(getAttributes())
        .forEach((name, attribute) -> messages.add(AttributeMessage.create(name, attribute)));
    return new ObjectHeaderV2(position, messages);
  }
}
