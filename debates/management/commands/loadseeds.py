"""Load the seeds."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from debates.exchange.links import link_outlines
from debates.exchange.load import load_outline
from debates.exchange.originals import OriginalsReport, check_originals, load_originals
from debates.exchange.report import CREATED, LEFT, REMOVED, UNCHANGED, UPDATED, LoadReport
from debates.formats.outline import Outline
from debates.formats.seed.faults import SeedError
from debates.formats.seed.together import read_seeds
from debates.models.tag import VOCABULARY
from debates.permissions import Refused

SEEDS = Path(settings.ROOT) / "seeds"


class Command(BaseCommand):
    """Load seeds, one transaction a debate; a second run changes nothing."""

    help = "Load debates from seed files (default: all of seeds/); with --originals also the documents that they grew from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files or folders."""
        parser.add_argument(
            "paths", nargs="*", type=Path, help="seed files, or folders of them (default: seeds/)"
        )
        parser.add_argument("--check", action="store_true", help="check everything, write nothing")
        parser.add_argument(
            "--originals", type=Path, help="a folder with the original documents, recognised by digest"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read all, then load all, then say what happened. Any: Django's own signature."""
        outlines = read_files(options["paths"] or [SEEDS])
        originals: Path | None = options["originals"]
        if originals is not None and not originals.is_dir():
            raise CommandError(
                f"{originals} is not a folder; --originals wants the one that holds the original documents."
            )
        reports = []
        for number, outline in enumerate(outlines, 1):
            self._progress(f"{number} of {len(outlines)}: {outline.key}")
            try:
                reports.append(load_outline(outline, check_only=options["check"]))
            except Refused as error:
                raise CommandError(f"{outline.key}: {error}") from error
        if not options["check"]:
            reports.append(link_outlines(outlines))
        self._progress("")
        self._table(reports, check_only=options["check"])
        if originals is not None:
            self._originals(
                check_originals(outlines, originals) if options["check"] else load_originals(originals)
            )

    def _progress(self, line: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K{line}", ending="")
            self.stdout.flush()

    def _table(self, reports: list[LoadReport], *, check_only: bool) -> None:
        kinds = list(dict.fromkeys(kind for report in reports for kind, _outcome in report.counts))
        outcomes = (CREATED, UPDATED, UNCHANGED, LEFT, REMOVED)
        heads = ("would be created", "would be updated", UNCHANGED, LEFT, REMOVED) if check_only else outcomes
        widths = [max(len(head), 6) for head in heads]
        self.stdout.write(
            " " * 18 + "  ".join(head.rjust(width) for head, width in zip(heads, widths, strict=True))
        )
        for kind in kinds:
            counts = [sum(report.counts[kind, outcome] for report in reports) for outcome in outcomes]
            self.stdout.write(
                kind.ljust(18)
                + "  ".join(str(count).rjust(width) for count, width in zip(counts, widths, strict=True))
            )
        for report in reports:
            for remark in report.remarks:
                self.stdout.write(f"  {remark}")
        if not any(
            report.total(CREATED) + report.total(UPDATED) + report.total(REMOVED) for report in reports
        ):
            self.stdout.write("unchanged")

    def _originals(self, report: OriginalsReport) -> None:
        self.stdout.write("originals:")
        for title, passages, resolved, unresolved in report.rows:
            self.stdout.write(
                f"  {title}: {passages} passages, {resolved} origins found, {unresolved} not found"
            )
        for remark in report.remarks:
            self.stdout.write(f"  {remark}")
        self.stdout.write(f"  {report.resolved} origins found, {report.unresolved} not found")
        if report.anchors or report.lost:
            self.stdout.write(
                f"  words that arguments answer: {report.anchors} found, {report.lost} not found"
            )
        if report.quotes:
            counts = ", ".join(f"{count} {state}" for state, count in sorted(report.quotes.items()))
            self.stdout.write(f"  quotations from the documents and from each other: {counts}")


def read_files(paths: list[Path]) -> list[Outline]:
    """Read seed files and folders of them; the library of a file's folder comes along. Raise CommandError with every fault."""
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found = sorted(path.glob("*.yaml"))
            if not found:
                raise CommandError(f"{path} holds no seed (a file that ends in .yaml).")
            files.update(dict.fromkeys(found))
        elif path.is_file():
            files[path] = None
            library = path.with_name("library.yaml")
            if library.is_file():
                files[library] = None
        else:
            raise CommandError(f"{path} is neither a file nor a folder.")
    texts = {}
    for path in files:
        try:
            texts[str(path)] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise CommandError(
                f"{path} is not UTF-8: byte {error.start} ({error.object[error.start]:#04x}) cannot be read."
            ) from error
    try:
        return read_seeds(texts, list(VOCABULARY))
    except SeedError as error:
        raise CommandError(
            f"{error}\n{len(error.faults)} fault{'s' if len(error.faults) > 1 else ''}; nothing was loaded."
        ) from error
