"""What is measured, and which ratios to the peers are asked for."""

from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Workload:
    name: str
    words: str
    #: Operations in a round.
    count: int
    #: What is compared: "processor" or "wall" time of an operation, or "bytes".
    by: str
    targets: dict = field(default_factory=dict)
    #: Fewer than others where one round takes minutes.
    rounds: int = 7

    @property
    def is_quick(self):
        return self.rounds == 7


WORKLOADS = [
    Workload("a_cycle", "make a runner, run nothing, close", 2_000, "processor",
             {"asyncio": 0.02, "nio": 0.01, "tokio": 0.10}),
    Workload("b_run", "run nothing on a runner", 10_000, "processor", {"asyncio": 0.08, "tokio": 0.70}),
    Workload("c_seq", "make a task and await it", 50_000, "processor",
             {"swift": 0.65, "nio": 0.55, "asyncio": 0.11, "uvloop": 0.20, "tokio": 0.65, "go": 2.0}),
    Workload("c_batch1k", "the same, 1,000 at a time", 50_000, "processor",
             {"swift": 0.55, "nio": 0.80, "asyncio": 0.22, "uvloop": 0.30}),
    Workload("c_batch", "the same, 100,000 at a time", 100_000, "processor",
             {"swift": 1.0, "nio": 1.0, "asyncio": 0.30, "uvloop": 0.35}),
    Workload("d_yield_1", "give way, one task alone", 100_000, "processor",
             {"swift": 0.25, "asyncio": 0.06}),
    Workload("d_yield_10", "give way among 10 tasks", 100_000, "processor",
             {"swift": 0.35, "nio": 0.35, "asyncio": 0.16, "uvloop": 0.27, "node": 0.45}),
    Workload("d_yield_10000", "give way among 10,000 tasks", 100_000, "processor",
             {"swift": 0.25, "asyncio": 0.18, "go": 0.55}),
    Workload("e_timers", "a task that sleeps, 100,000 at a time", 100_000, "processor",
             {"swift": 0.33, "nio": 0.33, "asyncio": 0.20, "uvloop": 0.25, "go": 0.70, "node": 0.70,
              "tokio": 2.0}),
    Workload("e_timers_1m", "the same, 1,000,000 at a time", 1_000_000, "processor",
             {"asyncio": 0.16, "nio": 0.30, "go": 0.55, "tokio": 1.3}, rounds=3),
    Workload("m_sleep", "memory of a task that sleeps", 100_000, "bytes",
             {"swift": 0.80, "nio": 0.95, "uvloop": 0.95, "go": 0.80}),
    Workload("f_cancel", "cancel a task that sleeps, and await it", 100_000, "processor",
             {"swift": 0.60, "nio": 0.20, "asyncio": 0.50, "uvloop": 0.50, "go": 1.1, "tokio": 5.0}),
    Workload("g_queue", "two tasks hand an item to each other by queues, each time", 50_000, "processor",
             {"swift": 0.40, "nio": 0.40, "asyncio": 0.06, "uvloop": 0.08, "node": 1.3, "go": 1.5}),
    Workload("g_future", "the same by futures that are made for it", 50_000, "processor"),
    Workload("h_lat", "a thread wakes the loop and is answered", 20_000, "wall",
             {"c": 1.15, "swift": 0.90, "nio": 1.0, "tokio": 1.0, "asyncio": 0.28}),
    Workload("h_tput", "a thread gives the loop something to do", 100_000, "wall",
             {"swift": 0.08, "nio": 0.70, "asyncio": 0.03, "uvloop": 0.25, "tokio": 0.10}),
    Workload("i_echo_1", "a message over TCP and back", 20_000, "wall",
             {"c": 1.10, "nio": 0.95, "asyncio": 0.50, "uvloop": 1.0, "tokio": 1.1}),
    Workload("i_echo_50", "the same, 50 connections", 50_000, "wall",
             {"c": 1.20, "nio": 0.95, "asyncio": 0.50, "uvloop": 1.0, "tokio": 1.2}),
    Workload("j_exec", "a call in a thread of the pool", 10_000, "wall",
             {"nio": 0.90, "asyncio": 0.22, "uvloop": 0.33, "node": 0.60, "tokio": 0.75}),
    Workload("k_snapshot", "list 100,000 tasks, each", 100_000, "processor",
             {"asyncio": 0.08, "go": 0.02}),
    Workload("l_start", "start a process that runs one task", 20, "wall",
             {"swift": 1.0, "asyncio": 0.10, "node": 0.10}),
]
