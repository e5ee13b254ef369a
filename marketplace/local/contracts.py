"""The one import rule that import-linter does not know: an app's pages, forms, tasks and admin are its own."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateModules(Contract):
    """Modules of these names may only be imported from inside their own package, or by ``allowed_importers``."""

    type_name = "private"

    packages: Any = fields.ListField(subfield=fields.StringField())
    names: Any = fields.ListField(subfield=fields.StringField())
    allowed_importers: Any = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        found = []
        for package in self.packages:
            for name in self.names:
                private = f"{package}.{name}"
                if private not in graph.modules:
                    continue
                for module in {private} | graph.find_descendants(private):
                    for importer in graph.find_modules_that_directly_import(module):
                        at_home = importer.split(".")[0] == package
                        allowed = any(
                            f"{importer}.".startswith(f"{name}.") for name in self.allowed_importers
                        )
                        if not at_home and not allowed:
                            found.append(f"{importer} imports {module}")
        return ContractCheck(kept=not found, metadata={"found": sorted(found)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        metadata: dict[str, Any] = check.metadata
        for line in metadata["found"]:
            output.print_error(line, bold=False)
