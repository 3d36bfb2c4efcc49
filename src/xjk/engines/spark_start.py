"""Where Spark comes from: the session that already runs in this process, or one started for small books.

Every ledger gets a session of its own, cloned from a template: the temporary views and settings of one ledger are
unknown to the others and to the caller's session, whose settings are never touched.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xjk.errors import ConfigError, EngineMissingError, ExtraMissingError
from xjk.ledger.relations import Relation, relations

try:
    with warnings.catch_warnings():
        # PySpark judges the pandas that is installed when its helpers for tests are first imported, which it does itself.
        warnings.simplefilter("ignore", FutureWarning)
        import pyspark.testing
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession
    from pyspark.sql.types import LongType, StringType, StructField, StructType
except ImportError:
    raise ExtraMissingError.of("spark", "Spark 引擎", "The engine Spark") from None

DEFAULT_MASTER = "local[*]"
ENGINE = f"spark {pyspark.__version__}"
SPARK_ERRORS = (PySparkException, Py4JError)
"""What PySpark raises when Spark, or the way to it, fails."""

_START = {
    "spark.app.name": "xjk",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
}
_SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # sums beyond 64 bits are errors, never wrong
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.caseSensitive": "false",
    "spark.sql.parser.escapedStringLiterals": "true",  # a backslash is a backslash, as in standard SQL
    "spark.sql.runSQLOnFiles": "false",
    "spark.sql.variable.substitute": "false",  # ${env:HOME} is text
    "spark.sql.legacy.eagerEvalOfUnresolvedInlineTable": "true",  # the guard sees what VALUES holds
}
"""What makes Spark read SQL as the other engines do, and nothing but the ledger."""

_SMALL = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
}
"""Settings for books that fit one machine."""

_LONGEST_MESSAGE = 500
_LOGGERS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
_templates: dict[str, SparkSession] = {}


def message(error: Exception) -> str:
    """Say in one line what Spark says in many."""
    text = str(error.getMessage()) if isinstance(error, PySparkException) else str(error)
    head = text.split("== SQL", 1)[0].split("JVM stacktrace", 1)[0]
    return " ".join(head.split())[:_LONGEST_MESSAGE].rstrip(".")


def running_session() -> SparkSession | None:
    """Return the Spark session of this process that can still be used, or None."""
    session = SparkSession.getActiveSession()
    if session is None or session.sparkContext._jsc is None:  # noqa: SLF001 - stopped; nothing public tells
        return None
    return session


def start(master: str | None = None) -> SparkSession:
    """Return the running session, or start Spark on ``master``.

    Raises:
        EngineMissingError: when Java does not start.
        ConfigError: when another master is asked for than that of the running session, or an impossible one.
    """
    running = running_session()
    if running is not None:
        if master not in (None, running.sparkContext.master):
            raise ConfigError(
                zh=f"本进程已有主节点为 {running.sparkContext.master} 的 Spark 会话，不能改用 {master}。",
                en=f"This process already has a Spark session with the master {running.sparkContext.master}, not {master}.",
                hint_zh="请去掉选项 master，或先停止该会话。",
                hint_en="Leave the option master out, or stop that session first.",
            )
        return running
    conf = SparkConf().setMaster(master or DEFAULT_MASTER).setAll([*_START.items()])
    conf.set("spark.sql.warehouse.dir", str(Path(tempfile.gettempdir(), "xjk-spark-warehouse")))
    with tempfile.TemporaryFile() as told:
        try:
            # Java greets with warnings that nobody can act upon; they go to a file without a name.
            gateway = SparkContext._gateway or launch_gateway(conf, {"stderr": told})  # type: ignore[no-untyped-call] # noqa: SLF001
        except (*SPARK_ERRORS, OSError) as error:
            told.seek(0)
            raise _not_launched(told.read().decode(errors="replace"), conf.get("spark.master", "")) from error
    try:
        return SparkSession(SparkContext(conf=conf, gateway=gateway))
    except SPARK_ERRORS as error:
        raise _not_started(conf.get("spark.master", ""), message(error)) from error


def own_session(base: SparkSession, *, small: bool) -> SparkSession:
    """Return a session with every relation of a ledger as an empty view, cloned from a template of its kind."""
    key = f"{base.sparkContext.applicationId}/{small}"
    if key not in _templates:
        _templates[key] = _template(base, small=small)
    java = _templates[key]._jsparkSession.cloneSession()  # noqa: SLF001 - views and settings, as newSession has not
    return SparkSession(base.sparkContext, java)


def schema(relation: Relation) -> StructType:
    """Return the columns of a relation as Spark types, without the virtual key column."""
    types = {"TEXT": StringType(), "INTEGER": LongType()}
    return StructType([StructField(column.name, types[column.type], True) for column in relation.columns])


def with_key(relation: Relation) -> tuple[str, ...]:
    """Return the expressions that select a relation with its virtual key column."""
    columns = tuple(column.name for column in relation.columns)
    if not relation.key_column:
        return columns
    joined = " || '|' || ".join(f"cast({column} as string)" for column in relation.key)
    return (*columns, f"{joined} AS {relation.key_column}")


@contextmanager
def without_logging() -> Iterator[None]:
    """Keep PySpark from writing failed queries, values included, to standard error."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.disabled = was


def _template(base: SparkSession, *, small: bool) -> SparkSession:
    session = base.newSession()
    for name, value in (_SETTINGS | _SMALL if small else _SETTINGS).items():
        session.conf.set(name, value)
    for relation in relations():
        frame = session.createDataFrame([], schema(relation))
        frame.selectExpr(*with_key(relation)).createOrReplaceTempView(relation.name)
    return session


def _not_launched(told: str, master: str | None) -> EngineMissingError | ConfigError:
    """Tell why Java did not start, from what it wrote to standard error."""
    if "Master must" in told:
        return _not_started(master, "Master must either be yarn or start with spark, k8s, or local")
    said = " ".join(told.split())[:_LONGEST_MESSAGE]
    return EngineMissingError(
        zh=f"Spark 没有启动，它需要 Java 17 或更高版本。{said}",
        en=f"Spark did not start; it needs Java 17 or later. {said}".rstrip(),
        hint_zh="请安装 Java 17 及以上，并让环境变量 JAVA_HOME 指向其文件夹。",
        hint_en="Install Java 17 or later, and let JAVA_HOME name its folder.",
    )


def _not_started(master: str | None, why: str) -> ConfigError:
    return ConfigError(
        zh=f"Spark 未能在 {master} 上启动：{why}。",
        en=f"Spark could not start on {master}: {why}.",
        hint_zh="请检查选项 master，例如 local[2]、spark://host:7077、yarn。",
        hint_en="Look at the option master; write local[2], spark://host:7077 or yarn, for example.",
    )
