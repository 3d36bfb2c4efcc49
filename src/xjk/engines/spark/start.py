"""Where Spark comes from: the session that already runs in this process, or one started for small books.

Every ledger gets a session of its own, cloned from a template: the temporary views and settings of one ledger are
unknown to the others and to the caller's session, whose settings are never touched.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pyspark import SparkConf, SparkContext
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from xjk.engines.spark.base import LONGEST_MESSAGE, SPARK_ERRORS, message
from xjk.engines.spark.rows import SPARK_TYPES, with_key
from xjk.errors import ConfigError, EngineMissingError
from xjk.ledger.relations import relations

DEFAULT_MASTER = "local[*]"

_START = {
    "spark.app.name": "xjk",
    "spark.log.level": "ERROR",
    "spark.driver.memory": "2g",
    "spark.ui.enabled": "false",
    "spark.ui.retainedJobs": "10",  # kept even where nobody can look at them
    "spark.ui.retainedStages": "10",
    "spark.ui.retainedTasks": "100",
    "spark.sql.ui.retainedExecutions": "10",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
}
_SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # sums beyond 64 bits are errors, never wrong
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.caseSensitive": "false",
    "spark.sql.parser.escapedStringLiterals": "false",  # as Spark needs it to bind; see spark_text
    "spark.sql.runSQLOnFiles": "false",
    "spark.sql.variable.substitute": "false",  # ${env:HOME} is text
    "spark.sql.maxPlanStringLength": "2000",  # the text of a plan is kept for every query, and some are large
    "spark.sql.legacy.eagerEvalOfUnresolvedInlineTable": "true",  # the guard sees what VALUES holds
}
"""What makes Spark read SQL as the other engines do, and nothing but the ledger."""

_SMALL = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
}
"""Settings for books that fit one machine."""

_TIME_ZONE = "spark.sql.session.timeZone"
_templates: dict[str, SparkSession] = {}


def running_session() -> SparkSession | None:
    """Return the Spark session of this process, that of the calling thread before others, or None."""
    if SparkContext._active_spark_context is None:  # noqa: SLF001 - nothing public tells without starting one
        return None
    return SparkSession.getActiveSession() or SparkSession.builder.getOrCreate()


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
        context = SparkContext(conf=conf, gateway=gateway)
    except SPARK_ERRORS as error:
        raise _not_started(conf.get("spark.master", ""), message(error)) from error
    if (context.master or "").startswith("local"):
        # The Python that has this library; otherwise it would be whatever python3 is on the path.
        context.pythonExec = sys.executable
    return SparkSession(context)


def own_session(base: SparkSession, *, small: bool) -> SparkSession:
    """Return a session with every relation of a ledger as an empty view, cloned from a template of its kind."""
    key = f"{base.sparkContext.applicationId}/{small}"
    if key not in _templates:
        _templates[key] = _template(base, small=small)
    java = _templates[key]._jsparkSession.cloneSession()  # noqa: SLF001 - views and settings, as newSession has not
    session = SparkSession(base.sparkContext, java)
    # A timestamp is the day it is where the caller reads it.
    session.conf.set(_TIME_ZONE, str(base.conf.get(_TIME_ZONE)))
    return session


def _template(base: SparkSession, *, small: bool) -> SparkSession:
    session = base.newSession()
    for name, value in (_SETTINGS | _SMALL if small else _SETTINGS).items():
        session.conf.set(name, value)
    if (base.sparkContext.master or "").startswith("local") and not small:
        session.conf.set("spark.sql.shuffle.partitions", str(base.sparkContext.defaultParallelism))
        # Planning anew after every stage takes longer than the stages of books that one machine holds.
        session.conf.set("spark.sql.adaptive.enabled", "false")
    for relation in relations():
        empty = ", ".join(
            f"cast(null as {SPARK_TYPES[column.type].simpleString()}) AS {column.name}"
            for column in relation.columns
        )
        columns = ", ".join(with_key(relation))
        session.sql(f"SELECT {columns} FROM (SELECT {empty}) WHERE false").createOrReplaceTempView(
            relation.name
        )
    return session


def _not_launched(told: str, master: str | None) -> EngineMissingError | ConfigError:
    """Tell why Java did not start, from what it wrote to standard error."""
    if "Master must" in told:
        return _not_started(master, "Master must either be yarn or start with spark, k8s, or local")
    said = " ".join(told.split())[:LONGEST_MESSAGE]
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
