"""CPython's asyncio, and uvloop on it: NAME COUNT ["uvloop"] prints the nanoseconds of COUNT operations,
wall and processor."""

import asyncio
import sys
import threading
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


async def queue_hops(count):
    pings, pongs = asyncio.Queue(), asyncio.Queue()

    async def other():
        for _ in range(count // 2):
            pongs.put_nowait(await pings.get())

    task = asyncio.create_task(other())
    for number in range(count // 2):
        pings.put_nowait(number)
        await pongs.get()
    await task


async def timers(count):
    tasks = [asyncio.create_task(asyncio.sleep(0.3 + n * 7919 % 1000 / 1e4)) for n in range(count)]
    for task in tasks:
        await task


async def sleepers(count):
    tasks = [asyncio.create_task(asyncio.sleep(3600)) for _ in range(count)]
    await asyncio.sleep(0)
    return tasks


async def cancel(count):
    tasks = await sleepers(count)
    begin()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def memory(count):
    def resident():
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096

    before = resident()
    tasks = await sleepers(count)
    print((resident() - before) // count)
    for task in tasks:
        task.cancel()


async def latency(count):
    loop = asyncio.get_running_loop()

    def post():
        answer = threading.Event()
        for _ in range(count):
            loop.call_soon_threadsafe(answer.set)
            answer.wait()
            answer.clear()

    await loop.run_in_executor(None, post)


async def throughput(count):
    loop = asyncio.get_running_loop()

    def nothing():
        pass

    def post():
        answer = threading.Event()
        for _ in range(count - 1):
            loop.call_soon_threadsafe(nothing)
        loop.call_soon_threadsafe(answer.set)
        answer.wait()

    await loop.run_in_executor(None, post)


async def executor(count):
    loop = asyncio.get_running_loop()
    for _ in range(count):
        await loop.run_in_executor(None, int)


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


async def serve():
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0)
    print("PORT", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


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
    tasks = await sleepers(count)
    own = asyncio.current_task()
    begin()
    listing = [picture(task) for task in asyncio.all_tasks() if task is not own]
    end()
    assert len(listing) == count
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def inside(body):
    def measured(count):
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(body(count))

    return measured


workloads = {
    "a_cycle": cycle,
    "b_run": run,
    "c_seq": inside(spawn),
    "c_batch": inside(lambda count: batches(count, count)),
    "c_batch1k": inside(batches),
    "d_yield_1": inside(lambda count: yields(count, 1)),
    "d_yield_10": inside(lambda count: yields(count, 10)),
    "d_yield_10000": inside(lambda count: yields(count, 10_000)),
    "e_timers": inside(timers),
    "e_timers_1m": inside(timers),
    "m_sleep": inside(memory),
    "f_cancel": inside(cancel),
    "g_future": inside(hops),
    "g_queue": inside(queue_hops),
    "h_lat": inside(latency),
    "h_tput": inside(throughput),
    "j_exec": inside(executor),
    "k_snapshot": inside(snapshot),
}

times = {}


def now():
    return time.perf_counter_ns(), time.process_time_ns()


def begin():
    times["begin"] = now()


def end():
    times["end"] = now()


factory = None
if sys.argv[3:] == ["uvloop"]:
    import uvloop

    factory = uvloop.new_event_loop
with_runner = lambda main: asyncio.Runner(loop_factory=factory).run(main)
if sys.argv[1] == "l_start":
    with_runner(nothing())
elif sys.argv[1] == "i_echo":
    with_runner(serve())
elif sys.argv[1] == "m_sleep":
    workloads["m_sleep"](int(sys.argv[2]))
elif sys.argv[1] not in workloads:
    sys.exit(3)
else:
    body, count = workloads[sys.argv[1]], int(sys.argv[2])
    body(min(count, 100_000))
    times.clear()
    start = now()
    body(count)
    start, stop = times.get("begin", start), times.get("end") or now()
    print(stop[0] - start[0], stop[1] - start[1])
