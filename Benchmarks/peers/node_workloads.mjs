// Node: NAME COUNT prints the nanoseconds of COUNT operations, wall and processor. A call of an async function
// is its task.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

let begun;
const now = () => {
  const { user, system } = process.cpuUsage();
  return [process.hrtime.bigint(), BigInt(user + system) * 1000n];
};
const begin = () => { begun = now(); };

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

// Node has no queue; this one is as small as can be.
class Queue {
  items = [];
  waiting = null;

  put(item) {
    if (!this.waiting) return void this.items.push(item);
    const resolve = this.waiting;
    this.waiting = null;
    resolve(item);
  }

  async get() {
    return this.items.length ? this.items.shift() : new Promise((resolve) => (this.waiting = resolve));
  }
}

async function queueHops(count) {
  const [pings, pongs] = [new Queue(), new Queue()];
  const other = (async () => {
    for (let n = 0; n < count / 2; n++) pongs.put(await pings.get());
  })();
  for (let n = 0; n < count / 2; n++) {
    pings.put(n);
    await pongs.get();
  }
  await other;
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
  await Promise.all(Array.from({ length: count }, (_, n) => sleep(300 + n * 7919 % 1000 / 10)));
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
  begin();
  for (const controller of controllers) controller.abort();
  await all;
}

// What libuv's pool does in no time.
async function executor(count) {
  for (let n = 0; n < count; n++) {
    await new Promise((resolve) => randomBytes(1, resolve));
  }
}

const resident = () => Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]) * 4096;

async function memory(count) {
  const before = resident();
  const sleep = () => new Promise((resolve) => setTimeout(resolve, 3_600_000));
  const tasks = Array.from({ length: count }, async () => { await sleep(); });
  await turn();
  console.log(Math.floor((resident() - before) / tasks.length));
  process.exit(0);
}

function serve() {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('data', (data) => socket.write(data));
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1', () => console.log('PORT', server.address().port));
  return new Promise(() => {});
}

const workloads = {
  c_batch: (count) => batches(count, count),
  c_seq: spawn,
  c_batch1k: batches,
  d_yield_1: (count) => yields(count, 1),
  d_yield_10: (count) => yields(count, 10),
  d_yield_10000: (count) => yields(count, 10_000),
  e_timers: timers,
  e_timers_1m: timers,
  f_cancel: cancel,
  g_future: hops,
  g_queue: queueHops,
  j_exec: executor,
  i_echo: serve,
  m_sleep: memory,
  l_start: nothing,
};

const [name, count] = [process.argv[2], Number(process.argv[3])];
if (!(name in workloads)) process.exit(3);
await workloads[name](Math.min(count, 100_000));
if (name === 'l_start') process.exit(0);
begin();
await workloads[name](count);
const end = now();
console.log(`${end[0] - begun[0]} ${end[1] - begun[1]}`);
