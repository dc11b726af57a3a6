package loci.formats.meta;

public interface MetadataStore {}
