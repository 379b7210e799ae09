import Glibc

// Prints, for each workload that is named (or all), nanoseconds of wall and of processor time an
// operation; the median of five rounds.
let names = CommandLine.arguments.dropFirst()

func nanoseconds(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

for workload in Workload.all where names.isEmpty || names.contains(workload.name) {
  try workload.body(workload.operations)
  var wall: [Int64] = []
  var cpu: [Int64] = []
  for _ in 0..<5 {
    let (wallStart, cpuStart) = (
      nanoseconds(CLOCK_MONOTONIC), nanoseconds(CLOCK_PROCESS_CPUTIME_ID)
    )
    try workload.body(workload.operations)
    wall.append(nanoseconds(CLOCK_MONOTONIC) - wallStart)
    cpu.append(nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpuStart)
  }
  let count = Int64(workload.operations)
  print(workload.name, wall.sorted()[2] / count, cpu.sorted()[2] / count)
}
