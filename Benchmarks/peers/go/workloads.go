// Go on one processor: NAME COUNT prints the nanoseconds of COUNT operations.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

func spawn(count int) {
	done := make(chan struct{})
	for n := 0; n < count; n++ {
		go func() { done <- struct{}{} }()
		<-done
	}
}

func batches(count int) {
	for n := 0; n < count/1000; n++ {
		var all sync.WaitGroup
		all.Add(1000)
		for m := 0; m < 1000; m++ {
			go all.Done()
		}
		all.Wait()
	}
}

func yields(tasks int) func(int) {
	return func(count int) {
		var all sync.WaitGroup
		all.Add(tasks)
		for n := 0; n < tasks; n++ {
			go func() {
				for m := 0; m < count/tasks; m++ {
					runtime.Gosched()
				}
				all.Done()
			}()
		}
		all.Wait()
	}
}

func timers(count int) {
	var all sync.WaitGroup
	all.Add(count)
	for n := 0; n < count; n++ {
		go func(n int) {
			time.Sleep(time.Duration(n*7919%100+1) * 100 * time.Microsecond)
			all.Done()
		}(n)
	}
	all.Wait()
}

func cancel(count int) {
	var all sync.WaitGroup
	all.Add(count)
	ends := make([]context.CancelFunc, count)
	for n := range ends {
		scope, end := context.WithCancel(context.Background())
		ends[n] = end
		go func() {
			timer := time.NewTimer(time.Hour)
			select {
			case <-timer.C:
			case <-scope.Done():
			}
			timer.Stop()
			all.Done()
		}()
	}
	runtime.Gosched()
	for _, end := range ends {
		end()
	}
	all.Wait()
}

func hops(count int) {
	ping, pong := make(chan struct{}), make(chan struct{})
	go func() {
		for n := 0; n < count/2; n++ {
			<-ping
			pong <- struct{}{}
		}
	}()
	for n := 0; n < count/2; n++ {
		ping <- struct{}{}
		<-pong
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	workloads := map[string]func(int){
		"b_run": spawn, "c_seq": spawn, "c_batch1k": batches,
		"d_yield_10": yields(10), "d_yield_10000": yields(10000),
		"e_timers": timers, "f_cancel": cancel, "g_future": hops,
	}
	body := workloads[os.Args[1]]
	if body == nil {
		os.Exit(3)
	}
	count, _ := strconv.Atoi(os.Args[2])
	body(count)
	start := time.Now()
	body(count)
	fmt.Println(time.Since(start).Nanoseconds())
}
