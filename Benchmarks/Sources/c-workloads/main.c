// The floor, with nothing but system calls: NAME COUNT prints wall and processor nanoseconds of COUNT operations.
// And who calls the servers of all peers: client CONNECTIONS COUNT PORT.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <netinet/tcp.h>
#include <time.h>
#include <unistd.h>

enum { message_size = 100 };

static long long now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void require(int condition, const char *what) {
  if (condition) return;
  perror(what);
  exit(1);
}

// Wakes a thread that waits in epoll_wait, as often as it is asked to, and is answered each time.

struct posts {
  int event;
  int waiting;
  long count;
  sem_t answer;
};

static void *answer_posts(void *argument) {
  struct posts *posts = argument;
  for (long n = 0; n < posts->count; n++) {
    struct epoll_event ready;
    uint64_t value;
    while (epoll_wait(posts->waiting, &ready, 1, -1) < 1) continue;
    require(read(posts->event, &value, sizeof value) == sizeof value, "read");
    sem_post(&posts->answer);
  }
  return NULL;
}

static void wake(long count) {
  struct posts posts = {.event = eventfd(0, EFD_CLOEXEC), .waiting = epoll_create1(EPOLL_CLOEXEC), .count = count};
  struct epoll_event interest = {.events = EPOLLIN};
  require(epoll_ctl(posts.waiting, EPOLL_CTL_ADD, posts.event, &interest) == 0, "epoll_ctl");
  sem_init(&posts.answer, 0, 0);
  pthread_t loop;
  require(pthread_create(&loop, NULL, answer_posts, &posts) == 0, "pthread_create");
  for (long n = 0; n < count; n++) {
    uint64_t one = 1;
    require(write(posts.event, &one, sizeof one) == sizeof one, "write");
    while (sem_wait(&posts.answer) != 0) continue;
  }
  pthread_join(loop, NULL);
  close(posts.event);
  close(posts.waiting);
}

static void serve(void) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  require(bind(listener, (struct sockaddr *)&address, length) == 0, "bind");
  require(listen(listener, 128) == 0, "listen");
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("PORT %d\n", ntohs(address.sin_port));
  fflush(stdout);
  int waiting = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event interest = {.events = EPOLLIN, .data.fd = listener};
  epoll_ctl(waiting, EPOLL_CTL_ADD, listener, &interest);
  for (;;) {
    struct epoll_event ready[64];
    int count = epoll_wait(waiting, ready, 64, -1);
    for (int n = 0; n < count; n++) {
      int descriptor = ready[n].data.fd;
      if (descriptor == listener) {
        interest.data.fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        int yes = 1;
        setsockopt(interest.data.fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        epoll_ctl(waiting, EPOLL_CTL_ADD, interest.data.fd, &interest);
        continue;
      }
      char buffer[4096];
      ssize_t size = recv(descriptor, buffer, sizeof buffer, 0);
      if (size > 0) send(descriptor, buffer, size, MSG_NOSIGNAL);
      else if (size == 0 || errno != EAGAIN) close(descriptor);
    }
  }
}

// All connections are written to, then all are read from, until so many answers have come.
static void call(int connections, long count, int port) {
  int sockets[connections];
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  for (int n = 0; n < connections; n++) {
    sockets[n] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    require(connect(sockets[n], (struct sockaddr *)&address, sizeof address) == 0, "connect");
    int yes = 1;
    setsockopt(sockets[n], IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  }
  char message[message_size] = "";
  for (long done = 0; done < count; done += connections) {
    for (int n = 0; n < connections; n++)
      require(send(sockets[n], message, sizeof message, MSG_NOSIGNAL) == sizeof message, "send");
    for (int n = 0; n < connections; n++)
      require(recv(sockets[n], message, sizeof message, MSG_WAITALL) == sizeof message, "recv");
  }
  for (int n = 0; n < connections; n++) close(sockets[n]);
}

int main(int count, char **words) {
  const char *name = count > 1 ? words[1] : "";
  if (strcmp(name, "l_start") == 0) return 0;
  if (strcmp(name, "i_echo") == 0) serve();
  if (count < 3) return 3;
  long long wall, processor;
  if (strcmp(name, "client") == 0 && count == 5) {
    int connections = atoi(words[2]);
    call(connections, atol(words[3]) / 10, atoi(words[4]));
    wall = now(CLOCK_MONOTONIC), processor = now(CLOCK_PROCESS_CPUTIME_ID);
    call(connections, atol(words[3]), atoi(words[4]));
  } else if (strcmp(name, "h_lat") == 0) {
    wake(atol(words[2]) / 10);
    wall = now(CLOCK_MONOTONIC), processor = now(CLOCK_PROCESS_CPUTIME_ID);
    wake(atol(words[2]));
  } else {
    return 3;
  }
  printf("%lld %lld\n", now(CLOCK_MONOTONIC) - wall, now(CLOCK_PROCESS_CPUTIME_ID) - processor);
  return 0;
}
