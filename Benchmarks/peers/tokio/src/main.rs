//! tokio on one thread: NAME COUNT prints the nanoseconds of COUNT operations.
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::channel;
use tokio::task::{spawn, yield_now};
use tokio::time::sleep;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
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
    let pause = |n: usize| Duration::from_micros((n * 7919 % 100 + 1) as u64 * 100);
    let tasks: Vec<_> = (0..count).map(|n| spawn(sleep(pause(n)))).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn cancel(count: usize) {
    let tasks: Vec<_> = (0..count).map(|_| spawn(sleep(Duration::from_secs(3600)))).collect();
    yield_now().await;
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

fn run(name: &str, count: usize) {
    let runtime = runtime();
    match name {
        "a_cycle" => (0..count).for_each(|_| self::runtime().block_on(async {})),
        "b_run" => (0..count).for_each(|_| runtime.block_on(async { spawn(async {}).await.unwrap() })),
        "c_seq" => runtime.block_on(tasks(count, 1)),
        "c_batch1k" => runtime.block_on(tasks(count, 1000)),
        "d_yield_10" => runtime.block_on(yields(count, 10)),
        "d_yield_10000" => runtime.block_on(yields(count, 10_000)),
        "e_timers" => runtime.block_on(timers(count)),
        "f_cancel" => runtime.block_on(cancel(count)),
        "g_future" => runtime.block_on(hops(count)),
        _ => std::process::exit(3),
    }
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let (name, count) = (&words[1], words[2].parse().unwrap());
    run(name, count);
    let start = Instant::now();
    run(name, count);
    println!("{}", start.elapsed().as_nanos());
}
