/* SPDX-License-Identifier: MIT */
/* NOLINTNEXTLINE(bugprone-reserved-identifier): the switch is POSIX's own. */
#define _POSIX_C_SOURCE 200809L
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message.h"

static volatile sig_atomic_t stopped;

static void stop(int number) {
  (void)number;
  stopped = 1;
}

void file_catch_signals(void) {
  /* No SA_RESTART: a read that waits must return. A second signal kills. */
  struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
}

static int is_pipe_name(const char *path) { return strcmp(path, "-") == 0; }

static int cannot(const char *verb, const struct file *file,
                  const char *advice) {
  message("cannot %s %s: %s; %s", verb, file->name, strerror(errno), advice);
  return -1;
}

int file_open_in(struct file *file, const char *path) {
  *file = (struct file){.path = path, .name = path};
  if (is_pipe_name(path)) {
    file->name = "standard input";
    file->descriptor = STDIN_FILENO;
    return 0;
  }
  file->descriptor = open(path, O_RDONLY);
  struct stat status;
  if (file->descriptor >= 0 && fstat(file->descriptor, &status) == 0 &&
      S_ISDIR(status.st_mode)) {
    close(file->descriptor);
    file->descriptor = -1;
    errno = EISDIR;
  }
  if (file->descriptor >= 0) return 0;
  return cannot("open", file, "check the path and who may read it");
}

static int open_or_create(struct file *file) {
  const int flags = O_WRONLY | O_CREAT;
  file->descriptor = open(file->path, flags | O_EXCL, 0666);
  file->created = file->descriptor >= 0;
  if (!file->created && errno == EEXIST) {
    file->descriptor = open(file->path, flags, 0666);
  }
  return file->descriptor;
}

int file_open_out(struct file *file, const char *path) {
  *file = (struct file){.path = path, .name = path};
  if (is_pipe_name(path)) {
    file->name = "standard output";
    file->descriptor = STDOUT_FILENO;
    file->begun = 1;
  } else if (open_or_create(file) < 0) {
    return cannot("write", file, "check the path and who may write there");
  }
  return 0;
}

int file_is_same(const struct file *a, const struct file *b) {
  struct stat left;
  struct stat right;
  return fstat(a->descriptor, &left) == 0 &&
         fstat(b->descriptor, &right) == 0 && S_ISREG(left.st_mode) &&
         left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

int file_is_regular(const struct file *file) {
  struct stat status;
  return fstat(file->descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

/* Waits for room in a pipe that somebody else made non-blocking. */
static int wait_for_room(int descriptor) {
  struct pollfd entry = {.fd = descriptor, .events = POLLOUT};
  return poll(&entry, 1, -1) >= 0 || errno == EINTR;
}

/* Waits for input. A signal is either seen here or ends the wait: it cannot
 * slip in between. */
static void wait_for_input(int descriptor) {
  sigset_t stops;
  sigset_t before;
  fd_set inputs;
  FD_ZERO(&inputs);
  FD_SET(descriptor, &inputs);
  sigemptyset(&stops);
  sigaddset(&stops, SIGINT);
  sigaddset(&stops, SIGTERM);
  sigprocmask(SIG_BLOCK, &stops, &before);
  if (!stopped) pselect(descriptor + 1, &inputs, NULL, NULL, NULL, &before);
  sigprocmask(SIG_SETMASK, &before, NULL);
}

ssize_t file_read(struct file *file, uint8_t *bytes, size_t size) {
  for (;;) {
    wait_for_input(file->descriptor);
    if (stopped) return 0;
    const ssize_t count = read(file->descriptor, bytes, size);
    if (count >= 0) return count;
    if (errno != EINTR && errno != EAGAIN) {
      return cannot("read", file, "the stream ends here");
    }
  }
}

static int cannot_write(const struct file *file) {
  if (errno == EPIPE) {
    message("whoever read %s has gone; the rest is not written", file->name);
    return -1;
  }
  const int is_full = errno == ENOSPC || errno == EDQUOT;
  return cannot("write", file,
                is_full ? "make room there" : "the rest is not written");
}

/* Drops what the file held before; a pipe or a device has nothing to drop. */
static void begin(struct file *file) {
  if (!file->begun && file_is_regular(file) &&
      ftruncate(file->descriptor, 0) < 0) {
    cannot("empty", file, "what it held may show behind the new end");
  }
  file->begun = 1;
}

int file_write(struct file *file, const uint8_t *bytes, size_t size) {
  begin(file);
  while (size > 0) {
    const ssize_t count = write(file->descriptor, bytes, size);
    if (count >= 0) {
      bytes += count;
      size -= (size_t)count;
    } else if (errno == EAGAIN) {
      if (!wait_for_room(file->descriptor)) return cannot_write(file);
    } else if (errno != EINTR) {
      return cannot_write(file);
    }
  }
  return 0;
}

int file_close_out(struct file *file, int failed) {
  if (!file->begun && failed) {
    if (file->created) unlink(file->path);
  } else {
    begin(file);
  }
  /* Some file systems tell of a full disk only here. */
  if (close(file->descriptor) < 0 && !failed && errno != EINTR) {
    return cannot_write(file);
  }
  return 0;
}
