//! tokio on one thread: NAME COUNT prints the nanoseconds of COUNT operations, wall and processor.
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::channel;
use tokio::task::{spawn, spawn_blocking, yield_now, JoinHandle};
use tokio::time::sleep;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn processor() -> Duration {
    let line = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    let thread: u64 = line.split(' ').next().unwrap().parse().unwrap();
    Duration::from_nanos(thread)
}

/// When what is measured began.
static BEGUN: std::sync::Mutex<Option<(Instant, Duration)>> = std::sync::Mutex::new(None);

fn begin() {
    *BEGUN.lock().unwrap() = Some((Instant::now(), processor()));
}

async fn tasks(count: usize, size: usize) {
    for _ in 0..count / size {
        let tasks: Vec<_> = (0..size).map(|_| spawn(async {})).collect();
        for task in tasks {
            task.await.unwrap();
        }
    }
}

async fn yields(count: usize, size: usize) {
    let give_way = move || async move {
        for _ in 0..count / size {
            yield_now().await;
        }
    };
    let tasks: Vec<_> = (0..size).map(|_| spawn(give_way())).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn timers(count: usize) {
    let pause = |n: usize| Duration::from_micros(300_000 + (n * 7919 % 1000) as u64 * 100);
    let tasks: Vec<_> = (0..count).map(|n| spawn(sleep(pause(n)))).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn sleepers(count: usize) -> Vec<JoinHandle<()>> {
    let tasks = (0..count).map(|_| spawn(sleep(Duration::from_secs(3600)))).collect();
    yield_now().await;
    tasks
}

async fn cancel(count: usize) {
    let tasks = sleepers(count).await;
    begin();
    tasks.iter().for_each(|task| task.abort());
    for task in tasks {
        let _ = task.await;
    }
}

async fn hops(count: usize) {
    let (ping, mut pinged) = channel(1);
    let (pong, mut ponged) = channel(1);
    let other = spawn(async move {
        while pinged.recv().await.is_some() {
            pong.send(()).await.unwrap();
        }
    });
    for _ in 0..count / 2 {
        ping.send(()).await.unwrap();
        ponged.recv().await;
    }
    drop(ping);
    other.await.unwrap();
}

fn resident() -> usize {
    let line = std::fs::read_to_string("/proc/self/statm").unwrap();
    line.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

async fn memory(count: usize) {
    let before = resident();
    let tasks = sleepers(count).await;
    println!("{}", (resident() - before) / tasks.len());
    std::process::exit(0);
}

/// Another thread has something done by the loop, which waits meanwhile, and is answered.
async fn latency(count: usize) {
    let handle = tokio::runtime::Handle::current();
    let poster = move || {
        let (answer, answers) = sync_channel(1);
        for _ in 0..count {
            let answer = answer.clone();
            handle.spawn(async move { answer.send(()).unwrap() });
            answers.recv().unwrap();
        }
    };
    spawn_blocking(poster).await.unwrap();
}

async fn throughput(count: usize) {
    let handle = tokio::runtime::Handle::current();
    let poster = move || {
        let (answer, answers) = sync_channel(1);
        for _ in 1..count {
            handle.spawn(async {});
        }
        handle.spawn(async move { answer.send(()).unwrap() });
        answers.recv().unwrap();
    };
    spawn_blocking(poster).await.unwrap();
}

async fn executor(count: usize) {
    for _ in 0..count {
        spawn_blocking(|| ()).await.unwrap();
    }
}

async fn serve() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("PORT {}", listener.local_addr().unwrap().port());
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        spawn(async move {
            let mut buffer = [0; 4096];
            while let Ok(size @ 1..) = stream.read(&mut buffer).await {
                stream.write_all(&buffer[..size]).await.unwrap();
            }
        });
    }
}

fn run(name: &str, count: usize) {
    let runtime = runtime();
    match name {
        "a_cycle" => (0..count).for_each(|_| self::runtime().block_on(async {})),
        "b_run" => (0..count).for_each(|_| runtime.block_on(async { spawn(async {}).await.unwrap() })),
        "c_seq" => runtime.block_on(tasks(count, 1)),
        "c_batch" => runtime.block_on(tasks(count, count)),
        "c_batch1k" => runtime.block_on(tasks(count, 1000)),
        "d_yield_1" => runtime.block_on(yields(count, 1)),
        "d_yield_10" => runtime.block_on(yields(count, 10)),
        "d_yield_10000" => runtime.block_on(yields(count, 10_000)),
        "e_timers" | "e_timers_1m" => runtime.block_on(timers(count)),
        "f_cancel" => runtime.block_on(cancel(count)),
        "g_queue" => runtime.block_on(hops(count)),
        "h_lat" => runtime.block_on(async { spawn(latency(count)).await.unwrap() }),
        "h_tput" => runtime.block_on(async { spawn(throughput(count)).await.unwrap() }),
        "i_echo" => runtime.block_on(serve()),
        "j_exec" => runtime.block_on(executor(count)),
        "l_start" => runtime.block_on(async { spawn(async {}).await.unwrap() }),
        "m_sleep" => runtime.block_on(memory(count)),
        _ => std::process::exit(3),
    }
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let name = &words[1];
    if name == "l_start" || name == "i_echo" {
        return run(name, 1);
    }
    let count: usize = words[2].parse().unwrap();
    if name != "m_sleep" {
        run(name, count.min(100_000));
    }
    begin();
    run(name, count);
    let (wall, time) = BEGUN.lock().unwrap().unwrap();
    println!("{} {}", wall.elapsed().as_nanos(), (processor() - time).as_nanos());
}
