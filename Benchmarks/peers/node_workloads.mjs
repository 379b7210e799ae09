// Node: NAME COUNT prints the nanoseconds of COUNT operations. A call of an async function is its task.

const nothing = async () => {};
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function spawn(count) {
  for (let n = 0; n < count; n++) await nothing();
}

async function batches(count, size = 1000) {
  for (let n = 0; n < count / size; n++) {
    const tasks = [];
    for (let m = 0; m < size; m++) tasks.push(nothing());
    for (const task of tasks) await task;
  }
}

async function yields(count, tasks) {
  const giveWay = async () => {
    for (let n = 0; n < count / tasks; n++) await turn();
  };
  await Promise.all(Array.from({ length: tasks }, giveWay));
}

async function hops(count) {
  const future = () => {
    let resolve;
    const promise = new Promise((given) => (resolve = given));
    return { promise, resolve };
  };
  let ping = future(), pong = future();
  const other = (async () => {
    for (let n = 0; n < count / 2; n++) {
      await ping.promise;
      ping = future();
      pong.resolve();
    }
  })();
  for (let n = 0; n < count / 2; n++) {
    ping.resolve();
    await pong.promise;
    pong = future();
  }
  await other;
}

async function timers(count) {
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  await Promise.all(Array.from({ length: count }, (_, n) => sleep((n * 7919 % 100 + 1) / 10)));
}

async function cancel(count) {
  const sleep = (signal) => new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 3_600_000);
    signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
  const controllers = Array.from({ length: count }, () => new AbortController());
  const tasks = controllers.map((controller) => sleep(controller.signal));
  const all = Promise.allSettled(tasks);
  await turn();
  for (const controller of controllers) controller.abort();
  await all;
}

const workloads = {
  c_seq: spawn,
  c_batch1k: batches,
  d_yield_10: (count) => yields(count, 10),
  d_yield_10000: (count) => yields(count, 10_000),
  e_timers: timers,
  f_cancel: cancel,
  g_future: hops,
};

const [name, count] = [process.argv[2], Number(process.argv[3])];
if (!(name in workloads)) process.exit(3);
await workloads[name](count);
const start = process.hrtime.bigint();
await workloads[name](count);
console.log(String(process.hrtime.bigint() - start));
