"""Find the installed packs and admit them one by one; a broken pack costs only itself.

Each pack is registered with a pluggy manager of its own, so what one pack raises or returns cannot reach
another. Packs are admitted in the order of their names, which also settles who came first when two claim the
same code prefix.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import pluggy
from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from xjk.errors import UnknownRuleError, YamlError
from xjk.hooks import specs
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.refusal import Refused, folder_problems, invalid, raised
from xjk.hooks.shape import check_shape
from xjk.hooks.specs import GROUP, HOOK_API
from xjk.models.nearest import suggestion
from xjk.models.pack import EngineInfo, PackInfo, PackProblem, ReaderInfo, ReporterInfo, Step
from xjk.models.rule import Rule
from xjk.models.words import Words
from xjk.reference.pack_folder import check_folder
from xjk.rules.folder import read_rules

PACKS_VARIABLE = "XJK_PACKS"
"""Environment variable that limits which packs are loaded: entry points separated by commas."""

_PREFIX = re.compile(r"[A-Z]{2,8}[0-9]{0,3}")

Item = TypeVar("Item")
Named = TypeVar("Named", ReaderInfo, EngineInfo, ReporterInfo)


def catalogue(names: Sequence[str] | None = None) -> Catalogue:
    """Return what the installed packs bring.

    `names` are the entry points to load; when left out, those of the environment variable ``XJK_PACKS``, and
    every installed pack when it is empty too. Entry points are looked for once per process, packs are read at
    each call.

    Raises:
        UnknownRuleError: when no installed pack has one of the names.
    """
    found = _entry_points()
    if names is None:
        names = [
            name for part in os.environ.get(PACKS_VARIABLE, "").split(",") if (name := part.strip())
        ] or None
    if names is not None:
        wanted = {name.replace("-", "_") for name in names}
        _check_known(sorted(wanted), {point.name for point in found})
        found = tuple(point for point in found if point.name in wanted)
    return _admit_all(_Candidate(point.name, _version(point), point.load) for point in found)


def catalogue_of(modules: Mapping[str, object]) -> Catalogue:
    """Return what the given packs bring, by pack name to module; nothing installed is looked at."""
    return _admit_all(_Candidate(name, "", _given(module)) for name, module in sorted(modules.items()))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Be a pack that asks to be admitted: its entry point, version, and how to get its module."""

    name: str
    version: str
    load: Callable[[], object]


@dataclass(slots=True)
class _Offer:
    """Be everything one pack offers, validated."""

    info: PackInfo
    rules: tuple[Rule, ...] = ()
    data: tuple[Path | Traversable, ...] = ()
    readers: tuple[ReaderInfo, ...] = ()
    engines: tuple[EngineInfo, ...] = ()
    reporters: tuple[ReporterInfo, ...] = ()
    problems: list[PackProblem] = field(default_factory=list)


def _given(module: object) -> Callable[[], object]:
    return lambda: module


@cache
def _entry_points() -> tuple[EntryPoint, ...]:
    """Return the entry points of the group in name order; an editable install may list one twice."""
    unique = {(point.name, point.value): point for point in entry_points(group=GROUP)}
    return tuple(unique[key] for key in sorted(unique))


def _version(point: EntryPoint) -> str:
    return point.dist.version if point.dist is not None else ""


def _check_known(wanted: Iterable[str], known: Iterable[str]) -> None:
    errors = []
    for name in wanted:
        if name not in known:
            hint_zh, hint_en = suggestion(name, known)
            errors.append(
                UnknownRuleError(
                    zh=f"没有安装规则包“{name}”。",
                    en=f'No pack "{name}" is installed.',
                    hint_zh=hint_zh,
                    hint_en=hint_en,
                )
            )
    if errors:
        raise (
            errors[0]
            if len(errors) == 1
            else UnknownRuleError(
                zh=f"有 {len(errors)} 个规则包没有安装。",
                en=f"{len(errors)} packs are not installed.",
                errors=errors,
            )
        )


def _admit_all(candidates: Iterable[_Candidate]) -> Catalogue:
    admitted: list[_Offer] = []
    problems: list[PackProblem] = []
    for candidate in candidates:
        try:
            offer = _offer_of(candidate, admitted)
        except Refused as refused:
            problems.append(refused.problem(candidate.name, candidate.version))
        else:
            problems += offer.problems
            admitted.append(offer)
    rules = [rule for offer in admitted for rule in offer.rules]
    return Catalogue(
        packs=tuple(offer.info for offer in admitted),
        rules=tuple(sorted(rules, key=lambda rule: rule.code)),
        problems=tuple(problems),
        data_folders=tuple(folder for offer in admitted for folder in offer.data),
        readers=tuple(reader for offer in admitted for reader in offer.readers),
        engines=tuple(engine for offer in admitted for engine in offer.engines),
        reporters=tuple(reporter for offer in admitted for reporter in offer.reporters),
    )


def _offer_of(candidate: _Candidate, admitted: Sequence[_Offer]) -> _Offer:
    """Take one pack through every step.

    Raises:
        Refused: at the first step that fails.
    """
    try:
        plugin = candidate.load()
    except (Exception, SystemExit) as error:
        raise raised("import", Words(zh="导入规则包", en="Importing the pack"), error) from error
    try:
        check_shape(plugin)
        hooks = _registered(plugin)
    except Refused:
        raise
    except Exception as error:
        raise raised("hooks", Words(zh="登记钩子", en="Registering the hooks"), error) from error
    offer = _Offer(_described(hooks, candidate))
    _check_prefixes(offer.info, admitted)
    _add_data(offer, _called(hooks, "data", "xjk_data", _FOLDERS), candidate)
    offer.readers = _unclaimed(
        hooks, offer, "readers", _READERS, [each.readers for each in admitted], candidate
    )
    offer.engines = _unclaimed(
        hooks, offer, "engines", _ENGINES, [each.engines for each in admitted], candidate
    )
    offer.reporters = _unclaimed(
        hooks, offer, "reporters", _REPORTERS, [each.reporters for each in admitted], candidate
    )
    _add_rules(offer, _called(hooks, "rules", "xjk_rules", _FOLDERS), candidate)
    return offer


def _registered(plugin: object) -> Any:
    """Register a pack alone and return the caller of its hooks."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(specs)
    manager.register(plugin)
    manager.check_pending()
    return manager.hook


def _described(hooks: Any, candidate: _Candidate) -> PackInfo:
    found = _called(hooks, "describe", "xjk_pack", _PACK)
    if not found:
        raise Refused(
            "describe",
            Words(zh="规则包没有实现 xjk_pack。", en="The pack does not implement xjk_pack."),
            Words(zh="实现 xjk_pack 并返回 PackInfo。", en="Implement xjk_pack and return a PackInfo."),
        )
    info = found[0]
    if info.name != candidate.name:
        raise Refused(
            "describe",
            Words(
                zh=f"规则包自称 {info.name}，入口点却叫 {candidate.name}。",
                en=f"The pack calls itself {info.name}, its entry point is {candidate.name}.",
            ),
            Words(zh="两处用同一个名字。", en="Use one name in both places."),
        )
    if HOOK_API not in info.hook_api:
        written = ", ".join(map(str, info.hook_api)) or "-"
        raise Refused(
            "interface",
            Words(
                zh=f"规则包按钩子接口 {written} 编写，本版为 {HOOK_API}。",
                en=f"The pack was written for hook interface {written}; this version has {HOOK_API}.",
            ),
            Words(zh="升级规则包或 xjk。", en="Upgrade the pack, or xjk."),
        )
    return info


def _check_prefixes(info: PackInfo, admitted: Sequence[_Offer]) -> None:
    """Refuse prefixes that are not the beginning of codes, or overlap with those of a pack before."""
    for prefix in info.code_prefixes:
        if not _PREFIX.fullmatch(prefix):
            raise Refused(
                "prefix",
                Words(zh=f"“{prefix}”不能作编码前缀。", en=f'"{prefix}" cannot begin codes.'),
                Words(
                    zh="用二至八个大写字母，可再加至多三位数字。",
                    en="Use two to eight capitals, then at most three digits.",
                ),
            )
        for other in admitted:
            for taken in other.info.code_prefixes:
                if prefix.startswith(taken) or taken.startswith(prefix):
                    raise Refused(
                        "prefix",
                        Words(
                            zh=f"编码前缀 {prefix} 与规则包 {other.info.name} 的 {taken} 冲突。",
                            en=f"The code prefix {prefix} collides with {taken} of the pack {other.info.name}.",
                        ),
                        Words(
                            zh="换一个前缀，或卸载其中一个规则包。",
                            en="Choose another prefix, or remove one of the packs.",
                        ),
                    )


def _add_data(offer: _Offer, folders: Sequence[Path | Traversable], candidate: _Candidate) -> None:
    """Read the dated facts of a pack once; a folder that is not valid, or contradicts the library, is left out."""
    kept: list[Path | Traversable] = []
    for folder in folders:
        try:
            check_folder(folder)
        except YamlError as error:
            offer.problems += folder_problems(error, candidate.name, candidate.version, "data")
        else:
            kept.append(folder)
    offer.data = tuple(kept)


def _add_rules(offer: _Offer, folders: Sequence[Path | Traversable], candidate: _Candidate) -> None:
    """Read the rules of a pack; a folder that is not valid, or a code that is not the pack's, costs one rule."""
    kept: dict[str, Rule] = {}
    for folder in folders:
        if not isinstance(folder, Path):
            raise Refused(
                "rules",
                Words(zh="规则文件夹不在文件系统中。", en="The folder of rules is not in the file system."),
                Words(zh="以解压方式安装规则包。", en="Install the pack unpacked, as a regular package."),
                str(folder),
            )
        try:
            rules, errors = read_rules(folder, offer.info.name)
        except OSError as error:
            raise raised(
                "rules", Words(zh="读取规则文件夹", en="Reading the folder of rules"), error
            ) from error
        for broken in errors:
            offer.problems += folder_problems(broken, candidate.name, candidate.version, "rules")
        for rule in rules:
            refused = _code_refusal(rule, offer.info, kept)
            if refused is None:
                kept[rule.code] = rule
            else:
                offer.problems.append(refused.problem(candidate.name, candidate.version))
    offer.rules = tuple(kept.values())


def _code_refusal(rule: Rule, info: PackInfo, kept: Mapping[str, Rule]) -> Refused | None:
    if not rule.code.startswith(info.code_prefixes):
        prefixes = ", ".join(info.code_prefixes) or "-"
        return Refused(
            "rules",
            Words(
                zh=f"编码 {rule.code} 不以本规则包的前缀（{prefixes}）开头。",
                en=f"The code {rule.code} does not begin with a prefix of its pack ({prefixes}).",
            ),
            Words(
                zh="改编码，或在 code_prefixes 中声明前缀。",
                en="Change the code, or declare the prefix in code_prefixes.",
            ),
            rule.folder,
        )
    if rule.code in kept:
        return Refused(
            "rules",
            Words(zh=f"编码 {rule.code} 用了两次。", en=f"The code {rule.code} is used twice."),
            Words(
                zh=f"另一处在 {kept[rule.code].folder}；换一个编码。",
                en=f"The other is {kept[rule.code].folder}; give a new code.",
            ),
            rule.folder,
        )
    return None


def _called(hooks: Any, step: Step, hook: str, adapter: TypeAdapter[list[Item]]) -> list[Item]:
    """Call one hook of a pack and return what it gave as a list; empty when it is not implemented."""
    try:
        given = getattr(hooks, hook)()
    except (Exception, SystemExit) as error:
        raise raised(step, Words(zh=f"调用 {hook} ", en=f"Calling {hook}"), error) from error
    if given is None:
        return []
    try:
        return adapter.validate_python(list(given) if isinstance(given, list | tuple) else [given])
    except ValidationError as error:
        raise invalid(step, hook, error) from error


def _unclaimed(
    hooks: Any,
    offer: _Offer,
    step: Step,
    adapter: TypeAdapter[list[Named]],
    before: Sequence[Sequence[Named]],
    candidate: _Candidate,
) -> tuple[Named, ...]:
    """Return what a pack offers under names that no pack before has taken; the rest become problems."""
    taken = {item.name for items in before for item in items}
    kept: list[Named] = []
    for item in _called(hooks, step, f"xjk_{step}", adapter):
        if item.name not in taken:
            taken.add(item.name)
            kept.append(item)
            continue
        refused = Refused(
            step,
            Words(zh=f"名称“{item.name}”已被占用。", en=f'The name "{item.name}" is taken.'),
            Words(
                zh="换一个名称，或卸载其中一个规则包。", en="Choose another name, or remove one of the packs."
            ),
        )
        offer.problems.append(refused.problem(candidate.name, candidate.version))
    return tuple(kept)


def _existing(value: object) -> object:
    if not isinstance(value, Path | Traversable) or isinstance(value, str):
        raise ValueError("give a Path, or what importlib.resources.files returns")  # noqa: TRY004 - pydantic's way
    if not value.is_dir():
        raise ValueError(f"the folder {value} does not exist")
    return value


_ANY = ConfigDict(arbitrary_types_allowed=True)
_FOLDERS = TypeAdapter(list[Annotated[Path | Traversable, BeforeValidator(_existing)]], config=_ANY)
_PACK = TypeAdapter(list[PackInfo])
_READERS = TypeAdapter(list[ReaderInfo])
_ENGINES = TypeAdapter(list[EngineInfo])
_REPORTERS = TypeAdapter(list[ReporterInfo])
