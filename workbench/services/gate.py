"""The gate: checking files for a script or a CI job, one pair or many, in parallel."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.domain.review import AlignedTexts, Row
from workbench.domain.text import Span
from workbench.errors import BadInput, WorkbenchError
from workbench.progress import Progress, silent
from workbench.services import files
from workbench.services.bilingual import kind_of, languages_of
from workbench.services.checking import StoredFlag, place
from workbench.services.encoding import plain_context
from workbench.services.parallel import each
from workbench.services.profiles import Profile

CHECKING = "Checking files"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to check: two texts, or one bilingual file (then `tgt` is None)."""

    name: str
    src: Path
    tgt: Path | None


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are checked. langs: of source and target, "" to be guessed.

    force: also texts that do not seem to be translations of each other.
    """

    profile: Profile = field(default_factory=Profile)
    known: frozenset[str] = frozenset()
    langs: tuple[str, str] = ("", "")
    force: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one source.

    flags: those that count. silenced: how many the baseline knows. problem: "" when it could be
    checked; exit_code says of what kind the problem is.
    """

    name: str
    flags: tuple[StoredFlag, ...] = ()
    silenced: int = 0
    problem: str = ""
    exit_code: int = 0


def sources(what: Sequence[Path]) -> list[Source]:
    """What one or two names stand for: a bilingual file, two texts, or two folders of texts.

    A file that only one of the folders has is a source too: its check says what is missing.

    Raises:
        BadInput: the folders have no file name in common, or a single file is no bilingual one.
    """
    if len(what) == 1:
        if not kind_of(what[0]):
            raise BadInput(
                f"{what[0]} holds one text; name the other one too, or give a TMX or XLIFF file."
            )
        return [Source(str(what[0]), what[0], None)]
    src, tgt = what
    if not (src.is_dir() and tgt.is_dir()):
        return [Source(str(tgt), src, tgt)]
    names = [{path.name for path in folder.iterdir() if _is_text(path)} for folder in (src, tgt)]
    if not names[0] & names[1]:
        raise BadInput(f"{src} and {tgt} have no file name in common; name pairs alike.")
    return [Source(name, src / name, tgt / name) for name in sorted(names[0] | names[1])]


def _is_text(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def check_sources(
    found: Sequence[Source],
    options: Options,
    progress: Progress = silent,
    *,
    processes: int | None = None,
) -> list[Checked]:
    """Check every source, in several processes when there are several, in the order given."""
    done: dict[str, Checked] = {}
    progress(CHECKING, 0, len(found))
    for checked in each(_one, [(source, options) for source in found], processes):
        done[checked.name] = checked
        progress(CHECKING, len(done), len(found))
    return [done[source.name] for source in found]


def _one(task: tuple[Source, Options]) -> Checked:
    source, options = task
    try:
        return check_source(source, options)
    except WorkbenchError as error:
        return Checked(source.name, problem=str(error), exit_code=error.exit_code)


def check_source(source: Source, options: Options, progress: Progress = silent) -> Checked:
    """Check one source.

    Raises:
        BadInput: a file can't be read.
        NotTranslations: the texts are not translations of each other.
    """
    check = _two_texts if source.tgt else _one_file
    flags = check(source, options, progress)
    return judged(source.name, flags, options)


def judged(name: str, flags: Sequence[StoredFlag], options: Options) -> Checked:
    """The flags of a source as the profile and the baseline leave them."""
    counted = options.profile.judged(flags)
    new = tuple(flag for flag in counted if flag.fingerprint not in options.known)
    return Checked(name, new, len(counted) - len(new))


def _two_texts(source: Source, options: Options, progress: Progress) -> list[StoredFlag]:
    assert source.tgt is not None
    data = (files.read_file(source.src), files.read_file(source.tgt))
    pair = files.read_pair(data, (str(source.src), str(source.tgt)), options.langs)
    profile = options.profile
    return files.check_pair(
        pair, progress, force=options.force, only=profile.only, terms=profile.terms
    ).flags


def _one_file(source: Source, options: Options, progress: Progress) -> list[StoredFlag]:
    """The units of a bilingual file as they are paired there."""
    from workbench.detect import check
    from workbench.exchange.incoming import read_units
    from workbench.exchange.incoming.values import Findings

    findings = Findings(kind_of(source.src))
    with source.src.open("rb") as stream:
        units = list(read_units(stream, findings.format, findings))
    langs = languages_of(source.src.name, findings, options.langs)
    rows, starts = [], (0, 0)
    for number, unit in enumerate(units):
        words = ["", ""]
        for segment in unit.segments:
            if segment.lang in langs:
                words[langs.index(segment.lang)] = segment.text
        src, tgt = words
        spans = (_whole(src), _whole(tgt))
        rows.append(Row(str(number), src, tgt, *starts, unit.role, unit.role, *spans))
        starts = (starts[0] + len(src), starts[1] + len(tgt))
    texts = AlignedTexts(tuple(rows), *langs)
    profile = options.profile
    context = plain_context(*[profile.terms] if profile.terms else [])
    return place(check(texts, context, only=profile.only, progress=progress), texts)


def _whole(words: str) -> tuple[Span, ...]:
    return (Span(0, len(words)),) if words else ()
