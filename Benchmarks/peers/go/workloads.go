// Go on one processor: NAME COUNT prints the nanoseconds of COUNT operations, wall and processor.
package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// When what is measured began and ended.
var begun, ended []int64

func now() []int64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return []int64{time.Now().UnixNano(), usage.Utime.Nano() + usage.Stime.Nano()}
}

func spawn(count int) {
	done := make(chan struct{})
	for n := 0; n < count; n++ {
		go func() { done <- struct{}{} }()
		<-done
	}
}

func batches(count, size int) {
	for n := 0; n < count/size; n++ {
		var all sync.WaitGroup
		all.Add(size)
		for m := 0; m < size; m++ {
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
			time.Sleep(300*time.Millisecond + time.Duration(n*7919%1000)*100*time.Microsecond)
			all.Done()
		}(n)
	}
	all.Wait()
}

// Goroutines that sleep until they are cancelled.
func sleepers(count int, all *sync.WaitGroup) []context.CancelFunc {
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
	return ends
}

func cancel(count int) {
	var all sync.WaitGroup
	ends := sleepers(count, &all)
	begun = now()
	for _, end := range ends {
		end()
	}
	all.Wait()
}

func snapshot(count int) {
	var all sync.WaitGroup
	ends := sleepers(count, &all)
	begun = now()
	records := make([]runtime.StackRecord, count+1000)
	if _, whole := runtime.GoroutineProfile(records); !whole {
		panic("more goroutines than were made")
	}
	ended = now()
	for _, end := range ends {
		end()
	}
	all.Wait()
}

func resident() int {
	var size, resident int
	file, _ := os.Open("/proc/self/statm")
	fmt.Fscan(file, &size, &resident)
	return resident * os.Getpagesize()
}

func memory(count int) {
	before := resident()
	for n := 0; n < count; n++ {
		go time.Sleep(time.Hour)
	}
	runtime.Gosched()
	fmt.Println((resident() - before) / count)
	os.Exit(0)
}

// A thread of its own posts, and is answered by a goroutine of the one processor.
func latency(count int) {
	runtime.GOMAXPROCS(2)
	posts, answers := make(chan struct{}), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		for range posts {
			answers <- struct{}{}
		}
		close(answers)
	}()
	runtime.LockOSThread()
	for n := 0; n < count; n++ {
		posts <- struct{}{}
		<-answers
	}
	close(posts)
	<-answers
	runtime.UnlockOSThread()
}

func serve() {
	listener, _ := net.Listen("tcp", "127.0.0.1:0")
	fmt.Println("PORT", listener.Addr().(*net.TCPAddr).Port)
	for {
		connection, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go func() {
			defer connection.Close()
			buffer := make([]byte, 4096)
			for {
				size, err := connection.Read(buffer)
				if err != nil {
					return
				}
				connection.Write(buffer[:size])
			}
		}()
	}
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
	switch os.Args[1] {
	case "l_start":
		spawn(1)
		return
	case "i_echo":
		serve()
	}
	workloads := map[string]func(int){
		"b_run": spawn, "c_seq": spawn,
		"c_batch":   func(count int) { batches(count, count) },
		"c_batch1k": func(count int) { batches(count, 1000) },
		"d_yield_1": yields(1), "d_yield_10": yields(10), "d_yield_10000": yields(10000),
		"e_timers": timers, "e_timers_1m": timers, "f_cancel": cancel, "g_queue": hops,
		"h_lat": latency, "k_snapshot": snapshot,
	}
	body := workloads[os.Args[1]]
	if len(os.Args) < 3 || body == nil && os.Args[1] != "m_sleep" {
		os.Exit(3)
	}
	count, _ := strconv.Atoi(os.Args[2])
	if os.Args[1] == "m_sleep" {
		memory(count)
	}
	warm := count
	if warm > 100_000 {
		warm = 100_000
	}
	body(warm)
	ended = nil
	begun = now()
	body(count)
	if ended == nil {
		ended = now()
	}
	fmt.Println(ended[0]-begun[0], ended[1]-begun[1])
}
