"""Everything a developer's machine needs and production never sees: services, processes, checks, catalogues."""
