"""Two executors in processes of their own give the findings of SQLite."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyspark
import pytest

from xjk import check, load

DISTRICT = Path(__file__).parents[3] / "examples" / "district" / "data"
TABLES = ("unit", "event", "attendance")
RULES = ("XJK301", "XJK302")

PROGRAM = """
import json, sys
from xjk import check
from xjk.engines.spark.start import start
from xjk.runner.on_spark import on_spark
folder, tables, rules = json.loads(sys.argv[1])
spark = start("local-cluster[2,1,1024]")
frames = {table: spark.read.csv(f"{folder}/{table}.csv", header=True, escape='"') for table in tables}
with on_spark(spark, {name: frame.repartition(2) for name, frame in frames.items()}) as ledger:
    result = check(ledger, select=rules)
where = spark.sparkContext.parallelize(range(40), 40).map(lambda _: __import__("os").environ["SPARK_EXECUTOR_DIRS"])
print(json.dumps([len(set(where.collect())), [f.model_dump(mode="json") for f in result.findings], result.coverage.is_complete]))
spark.stop()
"""


@pytest.fixture
def spark_home(tmp_path: Path) -> Path:
    """Return PySpark laid out as a distribution of Spark, whose workers write beside it and not into the package."""
    home = tmp_path / "spark"
    home.mkdir()
    for part in ("bin", "jars", "python"):
        (home / part).symlink_to(Path(pyspark.__file__).parent / part)
    return home


@pytest.mark.skipif(sys.platform == "win32", reason="local-cluster needs a shell")
def test_two_executors_give_the_findings_of_sqlite(spark_home: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([str(DISTRICT), TABLES, RULES])],
        env=os.environ | {"SPARK_HOME": str(spark_home), "SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    executors, findings, is_complete = json.loads(told.stdout)
    with load(*(DISTRICT / f"{table}.csv" for table in TABLES), engine="sqlite") as ledger:
        expected = [finding.model_dump(mode="json") for finding in check(ledger, select=RULES).findings]
    assert executors == 2
    assert is_complete
    assert len(expected) == 2
    assert [untraced(finding) for finding in findings] == [untraced(finding) for finding in expected]


def untraced(finding: dict[str, object]) -> dict[str, object]:
    """Leave out which row of which file the evidence is: Spark's tables have neither."""
    evidence = finding["evidence"]
    assert isinstance(evidence, list)
    return finding | {"evidence": [item | {"source": None} for item in evidence]}
