import RunnerCore
import RunnerWire
import Testing

@Suite struct ConversionTests {
  @Test(arguments: Samples.tasks + [Samples.task])
  func `a task comes back as it was`(task: TaskSnapshot) {
    #expect(WireTaskSnapshot(task).model == task)
  }

  @Test(arguments: TaskState.allCases) func `a task state comes back`(state: TaskState) {
    #expect(WireTaskState(state).model == state)
  }

  @Test(arguments: TaskRole.allCases) func `a role comes back`(role: TaskRole) {
    #expect(WireTaskRole(role).model == role)
  }

  @Test(arguments: RunnerPhase.allCases) func `a runner's phase comes back`(phase: RunnerPhase) {
    #expect(WireRunnerPhase(phase).model == phase)
  }

  @Test(arguments: RunnerActivity.allCases)
  func `an activity comes back`(activity: RunnerActivity) {
    #expect(WireRunnerActivity(activity).model == activity)
  }

  @Test(arguments: LoopPhase.allCases) func `a loop's phase comes back`(phase: LoopPhase) {
    #expect(WireLoopPhase(phase).model == phase)
  }

  @Test(arguments: TaskQuery.Order.allCases) func `an order comes back`(order: TaskQuery.Order) {
    #expect(WireTaskOrder(order).model == order)
  }

  @Test(arguments: [TaskQuery(), Samples.query, Samples.window]) func `a query comes back`(
    query: TaskQuery
  ) {
    #expect(WireTaskQuery(query).model == query)
  }

  @Test(arguments: Samples.jobs + [Samples.job]) func `a job comes back`(job: JobSnapshot) {
    #expect(WireJobSnapshot(job).model == job)
  }

  @Test func `what a cell is, and what the compiler says, comes back`() {
    let start = CellStart(
      number: 3, job: Samples.cellJob, declaredNames: ["n"], compileTime: .milliseconds(110),
      warnings: [Samples.warning])
    #expect(WireCellStart(start).model == start)
    #expect(WireCellDiagnostic(Samples.diagnostic).model == Samples.diagnostic)
    #expect(WireCellRequest(Samples.cell).model == Samples.cell)
    var job = Samples.job
    job.bindings = [Samples.binding]
    #expect(WireJobSnapshot(job).model == job)
  }

  @Test(arguments: Samples.outcomes) func `an outcome comes back`(outcome: CancelOutcome) {
    #expect(WireCancelOutcome(outcome).model == outcome)
  }

  @Test(arguments: [
    InterruptOutcome.cancelRequested(TaskID(1)), .runAborted(TaskID(1)), .closeAborted,
    .nothingRunning,
  ])
  func `what an interrupt did comes back`(outcome: InterruptOutcome) {
    #expect(WireInterruptOutcome(outcome).model == outcome)
  }

  @Test(arguments: [ContextSnapshot.Owner.runner("main"), .task(TaskID(3))])
  func `the owner of a context comes back`(owner: ContextSnapshot.Owner) {
    #expect(WireContextOwner(owner).model == owner)
  }

  @Test(arguments: Samples.requesters)
  func `who asked a task to end comes back`(requester: CancellationSnapshot.Requester) {
    #expect(WireCancelRequester(requester).model == requester)
  }

  @Test func `loop, context, runner and report come back`() {
    #expect(WireLoopSnapshot(Samples.loop).model == Samples.loop)
    let bare = LoopSnapshot(runner: "main", phase: .idle)
    #expect(WireLoopSnapshot(bare).model == bare)
    #expect(WireCloseReport(CloseReport()).model == CloseReport())
    #expect(WireContextSnapshot(Samples.context).model == Samples.context)
    #expect(WireRunnerSnapshot(Samples.runner).model == Samples.runner)
    #expect(WireCloseReport(Samples.report).model == Samples.report)
  }

  @Test(arguments: TaskStack.Kind.allCases) func `a stack comes back`(kind: TaskStack.Kind) {
    var stack = Samples.stack
    stack.kind = kind
    #expect(WireTaskStack(stack).model == stack)
  }

  @Test func `task-locals, the place of a step and what is missing come back`() {
    var context = Samples.context
    context.locals = [
      ContextSnapshot.Local(
        name: "Server.request", module: "Server", value: ValueSnapshot(type: "Int", text: "4"),
        isInherited: true),
      ContextSnapshot.Local(name: "0x1f40", module: nil, value: nil, isInherited: false),
    ]
    #expect(WireContextSnapshot(context).model == context)
    var loop = Samples.loop
    loop.step = LoopSnapshot.Step(
      task: TaskID(3), elapsed: .seconds(2), site: Samples.site, systemCall: "nanosleep")
    #expect(WireLoopSnapshot(loop).model == loop)
    let listing = TaskListing(tasks: [], matching: 0, total: 0, omission: "Not known here.")
    #expect(WireTaskListing(listing).model == listing)
  }

  @Test(arguments: OutsideWait.allCases) func `an await outside comes back`(what: OutsideWait) {
    let subject = WaitSnapshot.Subject.outside(what)
    #expect(WireWaitSubject(subject).model == subject)
  }

  @Test func `an error keeps its code and its sentence`() {
    let error = RunnerError(.alreadyRunning, "The runner is already running an operation.")
    #expect(WireFailure(error).model == error)
  }

  @Test(arguments: [
    (Duration.seconds(3), 3_000_000_000 as Int64), (.nanoseconds(-5), -5),
    (.nanoseconds(1) / 2, 0), (.seconds(1_000_000_000_000), .max),
    (.seconds(-1_000_000_000_000), .min),
  ])
  func `a time becomes nanoseconds, cut to what fits`(time: Duration, nanoseconds: Int64) {
    #expect(time.wireNanoseconds == nanoseconds)
  }
}
