"""CPython's asyncio, and uvloop on it: NAME COUNT ["uvloop"] prints the nanoseconds of COUNT operations."""

import asyncio
import sys
import time


async def nothing():
    pass


async def spawn(count):
    for _ in range(count):
        await asyncio.create_task(nothing())


async def batches(count, size=1000):
    for _ in range(count // size):
        tasks = [asyncio.create_task(nothing()) for _ in range(size)]
        for task in tasks:
            await task


async def yields(count, tasks):
    async def give_way():
        for _ in range(count // tasks):
            await asyncio.sleep(0)

    for task in [asyncio.create_task(give_way()) for _ in range(tasks)]:
        await task


async def hops(count):
    loop = asyncio.get_running_loop()
    ping, pong = loop.create_future(), loop.create_future()

    async def other():
        nonlocal ping
        for _ in range(count // 2):
            await ping
            ping = loop.create_future()
            pong.set_result(None)

    task = asyncio.create_task(other())
    for _ in range(count // 2):
        ping.set_result(None)
        await pong
        pong = loop.create_future()
    await task


async def timers(count):
    tasks = [asyncio.create_task(asyncio.sleep((n * 7919 % 100 + 1) / 1e4)) for n in range(count)]
    for task in tasks:
        await task


async def cancel(count):
    tasks = [asyncio.create_task(asyncio.sleep(3600)) for _ in range(count)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def cycle(count):
    for _ in range(count):
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(nothing())


def run(count):
    with asyncio.Runner(loop_factory=factory) as runner:
        for _ in range(count):
            runner.run(nothing())


def picture(task):
    """What a listing says of a task: its name, what it does, and the line where it waits."""
    frame = task.get_stack(limit=1)[0]
    return (task.get_name(), task.done(), task.cancelling(), task.get_coro().__qualname__,
            frame.f_code.co_filename, frame.f_lineno)


async def snapshot(count):
    """Returns how long only the listing took."""
    tasks = [asyncio.create_task(asyncio.sleep(3600)) for _ in range(count)]
    await asyncio.sleep(0)
    own = asyncio.current_task()
    start = time.perf_counter_ns()
    listing = [picture(task) for task in asyncio.all_tasks() if task is not own]
    elapsed = time.perf_counter_ns() - start
    assert len(listing) == count
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return elapsed


def inside(body):
    def measured(count):
        with asyncio.Runner(loop_factory=factory) as runner:
            return runner.run(body(count))

    return measured


workloads = {
    "a_cycle": cycle,
    "b_run": run,
    "c_seq": inside(spawn),
    "c_batch1k": inside(batches),
    "d_yield_10": inside(lambda count: yields(count, 10)),
    "d_yield_10000": inside(lambda count: yields(count, 10_000)),
    "e_timers": inside(timers),
    "f_cancel": inside(cancel),
    "g_future": inside(hops),
    "k_snapshot": inside(snapshot),
}

factory = None
if sys.argv[3:] == ["uvloop"]:
    import uvloop

    factory = uvloop.new_event_loop
body, count = workloads[sys.argv[1]], int(sys.argv[2])
body(count)
start = time.perf_counter_ns()
own = body(count)
print(time.perf_counter_ns() - start if own is None else own)
