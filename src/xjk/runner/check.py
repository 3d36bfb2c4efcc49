"""Findings out: run the selected rules over a ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from xjk.errors import ConfigError, Lang, RuleFolderError, XjkError
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.hooks.specs import HOOK_API
from xjk.ledger.ledger import Ledger
from xjk.ledger.relations import LEDGER_API
from xjk.ledger.store import Session
from xjk.models.finding import Finding, Hit
from xjk.models.nearest import suggestion
from xjk.models.rule import Rule
from xjk.models.run import Coverage, RuleRun, RunInfo, RunResult
from xjk.models.words import Words
from xjk.reference.basis import instruments
from xjk.rules.params import Params, resolve
from xjk.rules.select import select as select_rules
from xjk.runner.baseline import Baseline, Judged, apply_baseline, read_baseline
from xjk.runner.config import Config, Limits, LoadedConfig, read_config
from xjk.runner.evidence import look_up
from xjk.runner.exclusions import Exclusions, apply_exclusions, read_exclusions
from xjk.runner.findings import Wording, by_unit_rule_subject, make_finding
from xjk.runner.hits import find_hits
from xjk.runner.leads import draw_leads, rank_units
from xjk.runner.run_all import RuleProgress, run_all

PROBLEMS_LISTED = 1_000
"""Problems of the data a run result lists; all are counted."""


def check(
    ledger: Ledger,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    preview: bool | None = None,
    config: Config | LoadedConfig | str | Path | None = None,
    baseline: Baseline | str | Path | None = None,
    exclusions: Exclusions | str | Path | None = None,
    lang: Lang | None = None,
    unmask: bool = False,
    packs: Catalogue | None = None,
    progress: RuleProgress | None = None,
    workers: int = 1,
) -> RunResult:
    """Run rules over a ledger and return findings, leads, ranked units, and what did not run.

    Args:
        ledger: Books read by ``load``.
        select: Rules to run (codes, prefixes, packs, forms, tags, names); overrides the configuration.
        ignore: Rules to leave out, besides those of the configuration.
        preview: Whether rules in preview run; the configuration decides when None.
        config: Settings, or the path of an ``xjk.yaml``; defaults when None, no file is searched for.
        baseline: Accepted findings, or the path of the file.
        exclusions: Exclusions, or the path of the file.
        lang: Language of titles and messages; the configuration decides when None.
        unmask: Show personal data; off by default.
        packs: Packs and rules to use; what is installed when None.
        progress: Called before each rule.
        workers: Processes that may run rules at a time, for ledgers in SQLite; the result is the same.

    Raises:
        ConfigError: for unknown settings; UnknownRuleError for unknown rules; BaselineError for unusable files.
        A rule that fails does not raise: it is in ``coverage``, and the run is incomplete.
    """
    loaded = _loaded(config)
    settings = loaded.config
    language: Lang = lang or settings.lang
    packs = packs or catalogue()
    _refuse_unknown_rules(loaded, packs)
    chosen = select_rules(
        packs.rules,
        tuple(select) or settings.select,
        (*settings.ignore, *ignore),
        preview=settings.preview if preview is None else preview,
        refused=packs.problems,
    )
    accepted = _baseline(baseline or loaded.beside(settings.baseline))
    excluded = _exclusions(exclusions or loaded.beside(settings.exclusions))
    params = _params(chosen, ledger, loaded)
    wording = Wording(
        language, unmask, _unit_names(ledger), {item.id: item for item in instruments(packs.data_folders)}
    )
    runs: list[RuleRun] = []
    findings: list[Finding] = []

    def run(session: Session, rule: Rule) -> tuple[RuleRun, list[Finding]]:
        return _run_rule(rule, ledger, session, params[rule.code], wording, settings.limits)

    for told, found in run_all(chosen, ledger, run, settings.limits.seconds, workers, progress):
        runs.append(told)
        findings += found
    judged = _judge(
        by_unit_rule_subject(findings), {rule.code: rule for rule in chosen}, accepted, excluded, ledger
    )
    leads = draw_leads(judged.findings, language)
    return RunResult(
        run=_run_info(ledger, packs, language),
        coverage=Coverage(rules=tuple(runs), packs=packs.problems, tables=ledger.unreadable),
        findings=judged.findings,
        leads=leads,
        units=rank_units(leads, judged.findings, language),
        validation=ledger.validation(PROBLEMS_LISTED),
        stale=judged.stale,
    )


def _run_rule(
    rule: Rule,
    ledger: Ledger,
    session: Session,
    params: Params | RuleFolderError,
    wording: Wording,
    limits: Limits,
) -> tuple[RuleRun, list[Finding]]:
    """Run one rule; whatever goes wrong inside it is told in its coverage."""
    told = RuleRun(
        rule_id=rule.code, title=rule.meta.title, pack=rule.pack, revision=rule.meta.revision, status="ran"
    )
    missing = missing_data(rule, ledger.supplied)
    if missing:
        return told.model_copy(update={"status": "skipped", "missing": missing}), []
    try:
        if isinstance(params, RuleFolderError):
            raise params
        hits: tuple[Hit, ...] = find_hits(rule, session, params, ledger.as_of, limits)
        rows = look_up(session, hits)
        findings = [make_finding(rule, hit, params.shown, rows, wording) for hit in hits]
    except XjkError as error:
        return _failed(told, error), []
    return told.model_copy(update={"findings": len(findings)}), findings


def _failed(told: RuleRun, error: XjkError) -> RuleRun:
    return told.model_copy(
        update={"status": "failed", "error": Words(zh=error.text("zh"), en=error.text("en"))}
    )


def missing_data(rule: Rule, supplied: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Name the tables and columns a rule needs and no source fed."""
    missing: list[str] = []
    for table, columns in rule.meta.requires.items():
        if table not in supplied:
            missing.append(table)
        else:
            missing += [f"{table}.{column}" for column in columns if column not in supplied[table]]
    return tuple(missing)


def _refuse_unknown_rules(loaded: LoadedConfig, packs: Catalogue) -> None:
    """Refuse parameters for rules that no pack provides: they would silently do nothing."""
    known = {rule.code for rule in packs.rules}
    errors = []
    for code in loaded.config.rules:
        if code not in known:
            hint_zh, hint_en = suggestion(code, known)
            errors.append(
                ConfigError(
                    zh=f"没有规则 {code}。",
                    en=f"There is no rule {code}.",
                    where=f"{loaded.where}: rules.{code}",
                    hint_zh=hint_zh,
                    hint_en=hint_en,
                )
            )
    if errors:
        raise ConfigError(
            zh="配置提到未知的规则。",
            en="The configuration names unknown rules.",
            where=loaded.where,
            errors=errors,
        )


def _params(
    rules: Sequence[Rule], ledger: Ledger, loaded: LoadedConfig
) -> dict[str, Params | RuleFolderError]:
    """Resolve the parameters of every rule before any runs; a rule that contradicts its standard fails alone."""
    resolved: dict[str, Params | RuleFolderError] = {}
    for rule in rules:
        try:
            resolved[rule.code] = resolve(
                rule,
                as_of=ledger.as_of,
                settings=loaded.config.rules.get(rule.code, {}),
                where=f"{loaded.where}: rules.{rule.code}",
                standards=ledger.standards_in_force,
            )
        except RuleFolderError as error:
            resolved[rule.code] = error
    return resolved


def _judge(
    findings: tuple[Finding, ...],
    rules: Mapping[str, Rule],
    accepted: Baseline | None,
    excluded: Exclusions | None,
    ledger: Ledger,
) -> Judged:
    stale: tuple[str, ...] = ()
    if excluded is not None:
        findings, stale = apply_exclusions(findings, excluded, rules, ledger.as_of)
    if accepted is not None:
        findings, unused = apply_baseline(findings, accepted, ledger.as_of)
        stale += unused
    return Judged(findings, stale)


def _loaded(config: Config | LoadedConfig | str | Path | None) -> LoadedConfig:
    if isinstance(config, LoadedConfig):
        return config
    if isinstance(config, Config):
        return LoadedConfig(config=config)
    return read_config(Path(config) if config is not None else None)


def _baseline(given: Baseline | str | Path | None) -> Baseline | None:
    return read_baseline(Path(given)) if isinstance(given, str | Path) else given


def _exclusions(given: Exclusions | str | Path | None) -> Exclusions | None:
    return read_exclusions(Path(given)) if isinstance(given, str | Path) else given


def _unit_names(ledger: Ledger) -> dict[str, str]:
    session = ledger.session()
    try:
        return {str(code): str(name) for code, name in session.query("SELECT unit_code, name FROM unit")}
    finally:
        session.close()


def _run_info(ledger: Ledger, packs: Catalogue, lang: Lang) -> RunInfo:
    return RunInfo(
        xjk=version("xjk"),
        hook_api=HOOK_API,
        ledger_api=LEDGER_API,
        engine=ledger.engine,
        packs={pack.name: pack.version for pack in packs.packs},
        data_hash=ledger.data_hash,
        as_of=ledger.as_of.isoformat() if ledger.as_of else None,
        lang=lang,
    )
