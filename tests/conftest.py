"""Settings of all tests: Hypothesis is repeatable, and where nothing may be skipped a skip is a failure."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# Without Phase.explain nothing is traced: beside the threads of Spark a traced test has been seen to spin forever
# in the interpreter (CPython 3.11.7).
settings.register_profile(
    "xjk",
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("xjk")


class SparkInOneProcess(LoadScopeScheduling):  # type: ignore[misc]
    """Give all tests of Spark to one process, so that one JVM starts and warms up, and each other test to any."""

    def _split_scope(self, nodeid: str) -> str:
        return "spark" if "spark" in nodeid.lower() else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SparkInOneProcess:
    return SparkInOneProcess(config, log)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run in which something was skipped, when XJK_NO_SKIP says that everything is installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if (
        os.environ.get("XJK_NO_SKIP")
        and reporter is not None
        and reporter.stats.get("skipped")
        and exitstatus == 0
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
