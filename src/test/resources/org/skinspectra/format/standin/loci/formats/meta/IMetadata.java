package loci.formats.meta;

public interface IMetadata extends MetadataStore, MetadataRetrieve {}
