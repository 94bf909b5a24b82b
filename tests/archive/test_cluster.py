"""The same rows through a real dask cluster, with a worker killed and the scheduler restarted in the middle."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive.test_audit import put, whole
from making.archives import archive

from govlint import api
from govlint.archive import between
from govlint.archive.audit import Progress, audit
from govlint.archive.cluster import Dask
from govlint.archive.engines import Local
from govlint.errors import UsageError

pytest.importorskip("distributed")


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.scheduler = self.start(
            "scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"
        )
        self.workers = [self.worker() for _ in range(2)]

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def worker(self) -> subprocess.Popen[bytes]:
        return self.start(
            "worker",
            self.address,
            "--no-nanny",
            "--nthreads",
            "1",
            "--no-dashboard",
            "--death-timeout",
            "120",
        )

    def connected(self) -> None:
        """Wait for the scheduler to know both workers."""
        from distributed import Client

        with Client(self.address, timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    made.connected()
    yield made
    made.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive, and its store as this machine alone makes it."""
    folder = tmp_path_factory.mktemp("cluster")
    for document in archive(60, range(2021, 2025), seed=5, mistakes=0.5):
        put(folder / "in", document.path, document.text)
    audit([str(folder / "in")], str(folder / "store"), api.configure(config=None), Local(2))
    return folder / "in", folder / "store"


@pytest.mark.external
@pytest.mark.parametrize("lost", ["nothing", "worker", "scheduler", "worker while comparing"])
def test_same_rows_through_a_cluster(
    made: tuple[Path, Path], cluster: Cluster, tmp_path: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(between, "SMALLEST", 60)  # several buckets, each on some worker
    happened = threading.Event()

    def show(progress: Progress) -> None:
        late = progress.done == progress.total
        if progress.done > 60 and not happened.is_set() and (late or "comparing" not in lost):
            happened.set()
            if lost.startswith("worker"):
                os.kill(cluster.workers[0].pid, signal.SIGKILL)
            if lost == "scheduler":
                cluster.close()
                time.sleep(1)
                again = Cluster.__new__(Cluster)
                again.port, again.address = cluster.port, cluster.address
                cluster.scheduler = again.start(
                    "scheduler", "--host", "127.0.0.1", "--port", str(cluster.port), "--no-dashboard"
                )
                cluster.workers = [cluster.worker() for _ in range(2)]

    progress = audit(
        [str(made[0])], str(tmp_path / "store"), api.configure(config=None), Dask(cluster.address), show=show
    )
    assert happened.is_set()
    assert progress.done == progress.total
    assert whole(tmp_path / "store") == whole(made[1])


@pytest.mark.external
def test_an_address_where_nothing_answers_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="dask"):
        Dask("tcp://127.0.0.1:1")
