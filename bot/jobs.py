"""Work across processes, by procrastinate on the PostgreSQL that holds everything else.

A job says that a lane has something to do; what, is in the rows. So a job that runs twice finds
nothing the second time, one that is lost is made anew, and a lane's order is that of its rows. The
lane is the job's lock: one at a time, whichever process, and a job that waits to be tried again
holds up those behind it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import structlog
from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job

from advisor.errors import cause
from advisor.store import Store, Unit
from advisor.store.pool import pool
from bot.telegram.pace import any_of
from bot.telegram.turns import PostponedError

TURN = "turn"
TURNS = "turns"
UPKEEP = "upkeep"
CONNECTIONS = 4
"""Of procrastinate's own, for a worker; one more listens."""
FORGETFUL = {"synchronous_commit": "off"}
"""After a power cut a job may stand as it did a moment before: it runs again, and finds nothing. No
job is put in this way; those come with their updates, in the store's own transaction."""
FIRST = 10
"""Upkeep goes before turns: it sets free what a dead process holds."""

log = structlog.get_logger(__name__)


class AsTold(BaseRetryStrategy):
    """Tries again when the error says so, else after a while; never gives up by itself."""

    def __init__(self, second: float) -> None:
        self.second = second

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """When a job that failed is run again."""
        told = exception.seconds if isinstance(exception, PostponedError) else self.second
        wait = timedelta(seconds=told)
        return RetryDecision(retry_in={"microseconds": wait // timedelta(microseconds=1)})


async def by_itself(connection: Any) -> None:
    """Each statement of procrastinate's is a transaction: fewer ways to the server and back."""
    await connection.set_autocommit(True)


class Jobs:
    """The jobs of one process: it puts them in, or works on them. `second` is the unit of waits."""

    def __init__(self, store: Store, second: float = 1.0) -> None:
        self.store = store
        self.second = second
        self.app = App(
            connector=PsycopgConnector(
                pool_factory=pool,
                min_size=1,
                max_size=CONNECTIONS,
                configure=by_itself,
                **store.for_libpq(**FORGETFUL),
            )
        )

    async def defer(self, unit: Unit, lanes: Sequence[str]) -> None:
        """Have the next update of each lane dealt with, once the unit is saved."""
        jobs = [
            self.app.configure_task(TURN, queue=TURNS, lock=lane).make_new_job(lane=lane)
            for lane in lanes
        ]
        connection = await unit.driver_connection()
        await self.app.job_manager.batch_defer_jobs_async(jobs, connection)

    def saved(self) -> None:
        """Nothing: PostgreSQL tells the workers."""

    def take_on(
        self, take: Callable[[str], Awaitable[bool]], tidy: Callable[[], Awaitable[None]]
    ) -> None:
        """Register what is done: `take` deals with a lane's next update; `tidy` is done now and
        then."""
        again = AsTold(self.second)

        @self.app.task(name=TURN, queue=TURNS, retry=again)
        async def turn(lane: str) -> None:
            await take(lane)

        @self.app.periodic(cron="* * * * * */5", priority=FIRST)
        @self.app.task(name="sweep", queue=UPKEEP)
        async def sweep(timestamp: int) -> None:
            await self.sweep()

        @self.app.periodic(cron="17 */6 * * *", priority=FIRST)
        @self.app.task(name="tidy", queue=UPKEEP)
        async def tidied(timestamp: int) -> None:
            await tidy()

    async def sweep(self) -> None:
        """Set free what dead workers held, and put in what has no job: after an import, or where
        another kind of process left it."""
        jobs = self.app.job_manager
        await jobs.prune_stalled_workers(self.stalled)
        for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=self.stalled):
            log.warning("job_taken_up", job=job.id, task=job.task_name)
            await jobs.retry_job(job)
        async with self.store.unit() as unit:
            for lane, number in (await unit.lanes_without_jobs()).items():
                log.warning("lane_taken_up", updates=number)
                await self.defer(unit, [lane] * number)

    @property
    def stalled(self) -> float:
        """Seconds without a sign of life after which a worker counts as dead. Wrongly so does no
        harm: a turn that runs twice is saved once."""
        return 6 * self.second

    async def work(self, stop: asyncio.Event, abreast: int) -> None:
        """Work on jobs, so many at a time, until stopped; those in hand are finished. Where the
        database goes away, begin anew when it is back."""
        while not stop.is_set():
            try:
                async with self.app.open_async():
                    await self.sweep()
                    await self.until(stop, abreast)
            except Exception as error:
                log.error("jobs_interrupted", error=cause(error.__cause__ or error))
            await any_of(stop, seconds=self.second)

    async def until(self, stop: asyncio.Event, abreast: int) -> None:
        """One run of procrastinate's worker."""
        working = asyncio.create_task(
            self.app.run_worker_async(
                concurrency=abreast,
                fetch_job_polling_interval=0.1 * self.second,
                update_heartbeat_interval=2 * self.second,
                stalled_worker_timeout=self.stalled,
                delete_jobs="always",
                install_signal_handlers=False,
            )
        )
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not working.done():
            working.cancel()
        try:
            await working
        except asyncio.CancelledError:
            if not stop.is_set():
                raise
