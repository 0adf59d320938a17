/*
 * A library that somebody loads into a program from outside (LD_PRELOAD), as profilers are: it opens a
 * file before the program begins, and writes to that descriptor whenever the program syncs one, whatever
 * became of it meanwhile.
 *
 *   STALE_FILE  the file
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fds[8];

__attribute__((constructor)) static void begin(void)
{
    const char *name = getenv("STALE_FILE");
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        fds[i] = name ? open(name, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
}

static void tell(void)
{
    static const char words[] = "written by somebody else";
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] > 2 && pwrite(fds[i], words, strlen(words), 0) < 0)
            continue;
}

int fsync(int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    tell();
    return real(fd);
}

int fdatasync(int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    tell();
    return real(fd);
}
