/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The program `streamcat-empty-root`: runs a function's unpacked zip where nothing else is, as AWS
 * Lambda does.
 *
 *   streamcat-empty-root [FOLDER [SHOWN...]]
 *
 * Becomes FOLDER/bootstrap in a root that has FOLDER as /var/task, an empty /tmp that can be
 * written to, a few devices, /etc/resolv.conf, and each path SHOWN as itself; all but /tmp is
 * read-only. The network and the process's id stay. Exits with 125 where this machine does not let
 * it. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXIT_REFUSED 125

/* What is mounted over everything until it is the root; it is in every Linux. */
#define PLACE "/tmp"

#define TASK "/var/task"

#define MOUNTS_MAX 16

/* A tree of files on its way from the old root into the new one. */
typedef struct {
  const char *path;
  int tree;
} Mount;

static void
refuse (const char *what)
{
  fprintf (stderr, "streamcat-empty-root: %s: %s\n", what, strerror (errno));
  exit (EXIT_REFUSED);
}

static void
write_file (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write (fd, text, strlen (text)) < 0)
    refuse (path);
  close (fd);
}

/* The user keeps the id, as PostgreSQL and the owner of files know it. */
static void
leave_namespaces (void)
{
  char users[64], groups[64];
  snprintf (users, sizeof users, "%u %u 1", getuid (), getuid ());
  snprintf (groups, sizeof groups, "%u %u 1", getgid (), getgid ());
  if (unshare (CLONE_NEWNS) != 0) { /* a superuser needs no more */
    if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
      refuse ("namespaces");
    write_file ("/proc/self/setgroups", "deny");
    write_file ("/proc/self/uid_map", users);
    write_file ("/proc/self/gid_map", groups);
  }
  if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    refuse ("private mounts");
}

static Mount
take (const char *from, const char *path)
{
  Mount taken = { path, open_tree (AT_FDCWD, from, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC) };
  struct mount_attr closed = { .attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID };
  if (taken.tree < 0 && errno == ENOENT) /* then it is not on this machine either */
    return taken;
  if (taken.tree < 0 || mount_setattr (taken.tree, "", AT_EMPTY_PATH, &closed, sizeof closed) != 0)
    refuse (from);
  return taken;
}

/* Makes the folders above a path. */
static void
make_parents (const char *path)
{
  char parent[4096];
  snprintf (parent, sizeof parent, "%s", path);
  for (char *slash = strchr (parent + 1, '/'); slash; slash = strchr (slash + 1, '/')) {
    *slash = '\0';
    mkdir (parent, 0755);
    *slash = '/';
  }
}

static void
put (const Mount *taken)
{
  char path[4096];
  struct stat info;
  if (taken->tree < 0)
    return;
  snprintf (path, sizeof path, PLACE "%s", taken->path);
  make_parents (path);
  if (fstat (taken->tree, &info) == 0 && S_ISDIR (info.st_mode))
    mkdir (path, 0755);
  else
    close (open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0444));
  if (move_mount (taken->tree, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH) != 0)
    refuse (taken->path);
  close (taken->tree);
}

/* An empty root with an empty /tmp, in which what is shown may lie. */
static void
make_root (void)
{
  if (mount ("tmpfs", PLACE, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755") != 0)
    refuse ("a new root");
  mkdir (PLACE PLACE, 0777);
  if (mount ("tmpfs", PLACE PLACE, "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777,size=512m") != 0)
    refuse ("/tmp");
}

static void
close_root (void)
{
  if (mount (NULL, PLACE, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) != 0)
    refuse ("a read-only root");
  if (chdir (PLACE) != 0 || syscall (SYS_pivot_root, ".", ".") != 0 ||
      umount2 (".", MNT_DETACH) != 0)
    refuse ("the new root");
}

int
main (int argc, char *argv[])
{
  static const char *const devices[] = { "/dev/null",
                                         "/dev/zero",
                                         "/dev/random",
                                         "/dev/urandom",
                                         "/etc/resolv.conf" };
  enum {
    OWN = sizeof devices / sizeof *devices
  };
  Mount mounts[1 + OWN + MOUNTS_MAX];
  int count = 0;
  if (argc > 2 + MOUNTS_MAX) {
    fprintf (stderr, "usage: streamcat-empty-root [FOLDER [SHOWN...]]\n");
    return EXIT_REFUSED;
  }
  leave_namespaces ();
  if (argc > 1)
    mounts[count++] = take (argv[1], TASK);
  for (int i = 0; i < OWN; i++)
    mounts[count++] = take (devices[i], devices[i]);
  for (int i = 2; i < argc; i++)
    mounts[count++] = take (argv[i], argv[i]);

  make_root ();
  for (int i = 0; i < count; i++)
    put (&mounts[i]);
  close_root ();
  if (argc == 1)
    return EXIT_SUCCESS;
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (chdir (TASK) == 0)
    execl (TASK "/bootstrap", TASK "/bootstrap", NULL);
  refuse (TASK "/bootstrap");
}
