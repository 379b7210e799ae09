import Glibc
import RunnerCore

// Prints, for each workload that is named (or all), nanoseconds of wall and of processor time an
// operation; the median of five rounds. `--once COUNT NAME` makes so many operations of one and prints
// the nanoseconds of all: for counting instructions, and for what only the first time shows.
// NAME COUNT makes them twice and prints the nanoseconds of the second time, wall and processor, as the
// peers do. Of memory, bytes a task: allocated, and resident.
let names = Array(CommandLine.arguments.dropFirst())

func nanoseconds(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

func measure(_ body: () throws -> Void) throws -> (wall: Int64, processor: Int64) {
  let start = (nanoseconds(CLOCK_MONOTONIC), nanoseconds(CLOCK_PROCESS_CPUTIME_ID))
  try body()
  return (
    nanoseconds(CLOCK_MONOTONIC) - start.0, nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - start.1
  )
}

func fail(_ message: String) -> Never {
  (message + "\n").withCString { _ = write(STDERR_FILENO, $0, strlen($0)) }
  exit(2)
}

if names.first == "--once" {
  guard names.count == 3, let count = Int(names[1]),
    let workload = Workload.all.first(where: { $0.name == names[2] })
  else { fail("Usage: runner-workloads --once COUNT NAME") }
  let time = try measure(workload.prepare(count))
  print(workload.name, time.wall, time.processor)
  exit(0)
}

switch names.first {
case "i_echo": try EchoServer.serve()
case "l_start":
  try Runner.run {}
  exit(0)
default: break
}

if names.count == 2, let count = Int(names[1]) {
  if let memory = Memory(rawValue: names[0]) { try memory.measure(count) }
  guard let workload = Workload.all.first(where: { $0.name == names[0] }) else { exit(3) }
  try workload.prepare(min(count, 100_000))()
  let time = try measure(workload.prepare(count))
  print(time.wall, time.processor)
  exit(0)
}

let known = Workload.all.map(\.name) + Memory.allCases.map(\.rawValue)
if let unknown = names.first(where: { !known.contains($0) }) {
  fail("There is no workload '\(unknown)'; there are: \(known.joined(separator: " ")).")
}
if let memory = names.first.flatMap({ Memory(rawValue: $0) }) { try memory.measure() }

for workload in Workload.all where names.isEmpty || names.contains(workload.name) {
  let body = try workload.prepare(workload.operations)
  try body()
  var (wall, processor): ([Int64], [Int64]) = ([], [])
  for _ in 0..<5 {
    let time = try measure(body)
    wall.append(time.wall)
    processor.append(time.processor)
  }
  let count = Int64(workload.operations)
  print(workload.name, wall.sorted()[2] / count, processor.sorted()[2] / count)
}
