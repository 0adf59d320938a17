/*
 * Writes down, in order, what a program does to the files of one folder, so that a test can play it
 * again with the power failing anywhere in between. Loaded before libc (LD_PRELOAD); every call is
 * carried out as asked, and then told to the log.
 *
 *   RECORDER_FOLDER  the folder, as an absolute path without links and without a slash at its end
 *   RECORDER_LOG     the log: a file outside of it, which is made
 *
 * A line of the log is a `struct line` and behind it two texts. What is written to standard error
 * is told too: that is where the program says what it holds for kept. A way to write that is not
 * followed here is told as '!', which fails the test.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 4096
/* Bits of `at` in the line of an opened file. */
#define EMPTIED 1

struct __attribute__((packed)) line {
    uint8_t kind;
    int32_t fd;
    uint64_t at;
    uint32_t first, second;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
/* Held from a call to its line, so that the log has the order in which things were done. */
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static size_t folder_length;
static int out = -1;
static char ours[FILES];

static void begin(void) {
    folder = getenv("RECORDER_FOLDER");
    const char *name = getenv("RECORDER_LOG");
    if (!folder || !name) return;
    folder_length = strlen(folder);
    out = syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (out < 0) abort();
}

static void put(const void *bytes, size_t n) {
    while (n > 0) {
        long done = syscall(SYS_write, out, bytes, n);
        if (done <= 0) abort();
        bytes = (const char *)bytes + done;
        n -= (size_t)done;
    }
}

static void tell(uint8_t kind, int fd, uint64_t at, const void *first, size_t n, const void *second, size_t m) {
    struct line line = {kind, fd, at, (uint32_t)n, (uint32_t)m};
    int before = errno;
    put(&line, sizeof line);
    put(first, n);
    put(second, m);
    errno = before;
}

/* The name inside the folder ("" for the folder itself); NULL for a path elsewhere. */
static const char *inside(const char *path) {
    if (out < 0 || !path || strncmp(path, folder, folder_length)) return NULL;
    path += folder_length;
    if (!*path) return path;
    return *path == '/' ? path + 1 : NULL;
}

static int is_ours(int fd) { return out >= 0 && fd >= 0 && fd < FILES && ours[fd]; }

static void strange(const char *what) { tell('!', -1, 0, what, strlen(what), "", 0); }

/* The next function of this name, and the right to use it alone. */
#define NEXT(type, name, ...)                                                  \
    static type (*next)(__VA_ARGS__);                                          \
    pthread_once(&once, begin);                                                \
    pthread_mutex_lock(&order);                                                \
    if (!next) next = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name);           \
    if (!next) abort()

#define DONE(value)                                                            \
    do {                                                                       \
        pthread_mutex_unlock(&order);                                          \
        return value;                                                          \
    } while (0)

static void opened(int fd, const char *path, int flags) {
    if (fd < 0 || fd >= FILES) return;
    const char *name = inside(path);
    ours[fd] = name != NULL;
    if (!name) return;
    if ((flags & O_TMPFILE) == O_TMPFILE) strange("a file without a name");
    tell('o', fd, flags & O_TRUNC ? EMPTIED : 0, name, strlen(name), "", 0);
}

static mode_t mode_of(int flags, va_list rest) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name)                                                             \
    int name(const char *path, int flags, ...) {                               \
        va_list rest;                                                          \
        va_start(rest, flags);                                                 \
        mode_t mode = mode_of(flags, rest);                                    \
        va_end(rest);                                                          \
        NEXT(int, name, const char *, int, ...);                               \
        int fd = next(path, flags, mode);                                      \
        opened(fd, path, flags);                                               \
        DONE(fd);                                                              \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                           \
    int name(int dir, const char *path, int flags, ...) {                      \
        va_list rest;                                                          \
        va_start(rest, flags);                                                 \
        mode_t mode = mode_of(flags, rest);                                    \
        va_end(rest);                                                          \
        NEXT(int, name, int, const char *, int, ...);                          \
        int fd = next(dir, path, flags, mode);                                 \
        opened(fd, path, flags);                                               \
        if (is_ours(dir) && *path != '/') strange("openat inside");            \
        DONE(fd);                                                              \
    }
OPENAT(openat)
OPENAT(openat64)

#define CREAT(name)                                                            \
    int name(const char *path, mode_t mode) {                                  \
        NEXT(int, name, const char *, mode_t);                                 \
        int fd = next(path, mode);                                             \
        opened(fd, path, O_CREAT | O_TRUNC);                                   \
        DONE(fd);                                                              \
    }
CREAT(creat)
CREAT(creat64)

int close(int fd) {
    NEXT(int, close, int);
    int said = next(fd);
    if (is_ours(fd)) {
        tell('c', fd, 0, "", 0, "", 0);
        ours[fd] = 0;
    }
    DONE(said);
}

/* `n` bytes that were written and ended where the file stands now. */
static void written(int fd, const void *bytes, ssize_t n) {
    if (n <= 0) return;
    if (fd == STDERR_FILENO && out >= 0) tell('k', fd, 0, bytes, (size_t)n, "", 0);
    if (!is_ours(fd)) return;
    int before = errno;
    off64_t end = lseek64(fd, 0, SEEK_CUR);
    errno = before;
    tell('w', fd, (uint64_t)(end - n), "", 0, bytes, (size_t)n);
}

ssize_t write(int fd, const void *bytes, size_t n) {
    NEXT(ssize_t, write, int, const void *, size_t);
    ssize_t done = next(fd, bytes, n);
    written(fd, bytes, done);
    DONE(done);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    NEXT(ssize_t, writev, int, const struct iovec *, int);
    ssize_t done = next(fd, parts, count);
    if (done > 0 && (is_ours(fd) || fd == STDERR_FILENO)) {
        char *all = malloc((size_t)done);
        size_t have = 0;
        if (!all) abort();
        for (int i = 0; i < count && have < (size_t)done; i++) {
            size_t part = parts[i].iov_len;
            if (part > (size_t)done - have) part = (size_t)done - have;
            memcpy(all + have, parts[i].iov_base, part);
            have += part;
        }
        written(fd, all, done);
        free(all);
    }
    DONE(done);
}

#define PWRITE(name)                                                           \
    ssize_t name(int fd, const void *bytes, size_t n, off64_t at) {            \
        NEXT(ssize_t, name, int, const void *, size_t, off64_t);               \
        ssize_t done = next(fd, bytes, n, at);                                 \
        if (done > 0 && is_ours(fd))                                           \
            tell('w', fd, (uint64_t)at, "", 0, bytes, (size_t)done);           \
        DONE(done);                                                            \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

#define FTRUNCATE(name)                                                        \
    int name(int fd, off64_t length) {                                         \
        NEXT(int, name, int, off64_t);                                         \
        int said = next(fd, length);                                           \
        if (!said && is_ours(fd))                                              \
            tell('t', fd, (uint64_t)length, "", 0, "", 0);                     \
        DONE(said);                                                            \
    }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

#define SYNC(name)                                                             \
    int name(int fd) {                                                         \
        NEXT(int, name, int);                                                  \
        int said = next(fd);                                                   \
        if (!said && is_ours(fd)) tell('s', fd, 0, "", 0, "", 0);              \
        DONE(said);                                                            \
    }
SYNC(fsync)
SYNC(fdatasync)

static void removed(const char *path) {
    const char *name = inside(path);
    if (name) tell('u', -1, 0, name, strlen(name), "", 0);
}

int unlink(const char *path) {
    NEXT(int, unlink, const char *);
    int said = next(path);
    if (!said) removed(path);
    DONE(said);
}

int unlinkat(int dir, const char *path, int flags) {
    NEXT(int, unlinkat, int, const char *, int);
    int said = next(dir, path, flags);
    if (!said) removed(path);
    if (!said && is_ours(dir) && *path != '/') strange("unlinkat inside");
    DONE(said);
}

/* One name more ('l') or another one ('r') for a file. */
static void named(uint8_t kind, const char *from, const char *to) {
    const char *a = inside(from), *b = inside(to);
    if (!a && !b) return;
    if (!a || !b) {
        strange("a file that comes in or goes out");
        return;
    }
    tell(kind, -1, 0, a, strlen(a), b, strlen(b));
}

#define NAMED(name, kind)                                                      \
    int name(const char *from, const char *to) {                               \
        NEXT(int, name, const char *, const char *);                           \
        int said = next(from, to);                                             \
        if (!said) named(kind, from, to);                                      \
        DONE(said);                                                            \
    }
NAMED(rename, 'r')
NAMED(link, 'l')

int linkat(int a, const char *from, int b, const char *to, int flags) {
    NEXT(int, linkat, int, const char *, int, const char *, int);
    int said = next(a, from, b, to, flags);
    if (!said) named('l', from, to);
    DONE(said);
}

int renameat(int a, const char *from, int b, const char *to) {
    NEXT(int, renameat, int, const char *, int, const char *);
    int said = next(a, from, b, to);
    if (!said) named('r', from, to);
    DONE(said);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    NEXT(int, renameat2, int, const char *, int, const char *, unsigned);
    int said = next(a, from, b, to, flags);
    if (!said) named('r', from, to);
    if (!said && flags && inside(to)) strange("renameat2 with flags");
    DONE(said);
}

/* What is not followed: a write through memory, room made ahead, copies made by the kernel. */
#define MMAP(name)                                                             \
    void *name(void *where, size_t n, int may, int flags, int fd, off64_t at) { \
        NEXT(void *, name, void *, size_t, int, int, int, off64_t);            \
        void *made = next(where, n, may, flags, fd, at);                       \
        if (made != MAP_FAILED && (flags & MAP_SHARED) && (may & PROT_WRITE) && is_ours(fd)) \
            strange("a write through memory");                                 \
        DONE(made);                                                            \
    }
MMAP(mmap)
MMAP(mmap64)

#define ROOM(name)                                                             \
    int name(int fd, int mode, off64_t at, off64_t n) {                        \
        NEXT(int, name, int, int, off64_t, off64_t);                           \
        int said = next(fd, mode, at, n);                                      \
        if (!said && is_ours(fd)) strange(#name);                              \
        DONE(said);                                                            \
    }
ROOM(fallocate)
ROOM(fallocate64)

ssize_t copy_file_range(int in, off64_t *from, int to, off64_t *at, size_t n, unsigned flags) {
    NEXT(ssize_t, copy_file_range, int, off64_t *, int, off64_t *, size_t, unsigned);
    ssize_t done = next(in, from, to, at, n, flags);
    if (done > 0 && is_ours(to)) strange("copy_file_range");
    DONE(done);
}

ssize_t sendfile64(int to, int in, off64_t *at, size_t n) {
    NEXT(ssize_t, sendfile64, int, int, off64_t *, size_t);
    ssize_t done = next(to, in, at, n);
    if (done > 0 && is_ours(to)) strange("sendfile");
    DONE(done);
}
