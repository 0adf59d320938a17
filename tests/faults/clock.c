/* Moves the clock of a program by CLOCK_MOVE seconds: cc -shared -fPIC -o clock.so clock.c -ldl */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t which, struct timespec *at) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int said = real(which, at);
  const char *by = getenv("CLOCK_MOVE");
  if (said == 0 && which == CLOCK_REALTIME && by) at->tv_sec += atol(by);
  return said;
}
