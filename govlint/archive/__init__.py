"""Archives of reports: many documents read into a store of Parquet datasets, and held against each other.

The way of an archive: :mod:`sources` finds the documents, :mod:`plan` parts them into batches, :mod:`engines` has each
batch worked on (:mod:`work`, in a guarded process of :mod:`child`), :mod:`store` takes what came of it, and
:mod:`between` holds the documents against each other. :mod:`audit` drives. Needs the extra ``audit``.
"""
