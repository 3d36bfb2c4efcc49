"""Work done in child processes that are copies of this one, so that further processors help."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar, cast, runtime_checkable

from xjk.errors import InternalError
from xjk.ledger.store import Store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_T = TypeVar("_T")


@runtime_checkable
class CopiedStore(Protocol):
    """Be a store that says whether its process may be copied: it stays whole, and a copy may open sessions on it."""

    may_be_copied: bool


def may_be_copied(store: Store) -> bool:
    """Tell whether copies of this process may work beside a store; not every system can copy a process."""
    return isinstance(store, CopiedStore) and store.may_be_copied and hasattr(os, "fork")


def elsewhere(*works: Callable[[], Iterator[_T]]) -> Iterator[_T]:
    """Yield what iterators yield, each run in a child process that is at its next item meanwhile.

    Items of one iterator come in its order, those of several as they are ready. An exception of an iterator is raised
    here. The children end with this iterator, however that ends.
    """
    import multiprocessing
    from multiprocessing.connection import wait

    context = multiprocessing.get_context("fork")
    children: dict[Connection, BaseProcess] = {}
    try:
        for work in works:
            here, there = context.Pipe(duplex=False)
            child = context.Process(target=_send, args=(work, there), daemon=True)
            child.start()
            there.close()
            children[here] = child
        while children:
            for ready in cast("list[Connection]", wait(list(children))):
                sent: list[_T] | None = _received(ready, children[ready])
                if sent is None:
                    children.pop(ready).join()
                    ready.close()
                else:
                    yield sent[0]
    finally:
        for here, running in children.items():
            running.terminate()
            running.join()
            here.close()


def _received(here: Connection, child: BaseProcess) -> list[_T] | None:
    """Return an item in a list, or None at the end; raise what ended the work early."""
    try:
        sent = here.recv()
    except EOFError:
        child.join()
        raise _died(child.exitcode) from None
    if isinstance(sent, BaseException):
        raise sent
    found: list[_T] | None = sent
    return found


def _send(work: Callable[[], Iterator[object]], there: Connection) -> None:
    """Send each item in a list of one, then None; or the exception that ended the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Ctrl-C the parent ends its children
    gc.disable()
    try:
        for item in work():
            there.send([item])
        there.send(None)
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        there.send(error)


def _died(exit_code: int | None) -> InternalError:
    return InternalError(
        zh=f"子进程意外结束（退出码 {exit_code}）。",
        en=f"A child process ended unexpectedly (exit code {exit_code}).",
        hint_zh="可能内存不足；用 workers=1 可在单个进程中完成。",
        hint_en="Memory may have run out; with workers=1 one process does it all.",
    )
