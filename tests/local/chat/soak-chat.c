/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The busiest room for a minute: a thousand readers, of whom a hundred do not read, and a hundred
 * lines a second. The rooms run in a process of their own, whose memory must stay flat.
 *
 * On a busy machine lines bunch, and then a room's rate refuses one here and there: an event of the
 * same size, for which rooms have no rate, stands in for it. */

#include "config.h"

#include "sc-chat-server.h"
#include "sc-room-shapes.h"
#include "sct-files.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define READERS 1000
#define STALLED 100
#define SENDERS 20 /* of the readers: 5 lines a second each, half of what one may say */
#define LINES_PER_SECOND 100
#define SECONDS 60

/* What the rooms may grow by while it lasts. */
#define GROWTH_STALLED_KIB 256
#define GROWTH_KIB (20 * 1000 * 1000 / 1024)

#define ROOM "arn:aws:ivschat:us-west-2:123456789012:room/abcdABCDefgh"
#define TOKEN_BYTES 40
#define LINE_LENGTH 200

#define ASK_TOKEN 't'
#define ASK_EVENT 'e'

/* The longest that anything may take that has no time of its own. */
#define WAIT_SECONDS 60

/* --- the rooms, in a child process --- */

static void
give_token (ScChatServer *server)
{
  ScRoomSession *session = g_new0 (ScRoomSession, 1);
  session->room_arn = g_strdup (ROOM);
  session->user_id = g_strdup ("somebody");
  session->capabilities = SC_ROOM_CAPABILITY_SEND_MESSAGE;
  g_autofree char *token = sc_chat_server_issue_token (server, session, 60);
  g_assert_cmpuint (strlen (token), ==, TOKEN_BYTES);
  g_assert_cmpint (write (STDOUT_FILENO, token, TOKEN_BYTES), ==, TOKEN_BYTES);
}

static void
send_event (ScChatServer *server)
{
  g_autofree char *text = g_strnfill (LINE_LENGTH, 'x');
  g_autoptr (JsonObject) attributes = json_object_new ();
  json_object_set_string_member (attributes, "text", text);
  g_autoptr (JsonObject) event = sc_room_event_to_json ("abcdABCD1234", "event", attributes);
  sc_chat_server_send_event (server, ROOM, event);
}

/* Each byte of the standard input asks for a token or for an event. */
static gboolean
on_asked (int fd, GIOCondition condition, gpointer user_data)
{
  char asked[64];
  gssize count = read (fd, asked, sizeof asked);
  if (count <= 0)
    exit (EXIT_SUCCESS);
  for (gssize i = 0; i < count; i++) {
    if (asked[i] == ASK_TOKEN)
      give_token (user_data);
    else
      send_event (user_data);
  }
  return G_SOURCE_CONTINUE;
}

static void
run_rooms (const char *folder)
{
  const ScChatHooks hooks = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (folder, "cloud.json", NULL);
  g_autofree char *path = g_build_filename (folder, "chat.sock", NULL);
  g_autoptr (ScCloud) cloud = sc_cloud_new (file, &error);
  g_assert_no_error (error);
  g_autoptr (JsonObject) room = json_object_new ();
  json_object_set_string_member (room, "arn", ROOM);
  json_object_set_int_member (room, "maximumMessageRatePerSecond", LINES_PER_SECOND);
  sc_cloud_add (cloud, SC_CLOUD_ROOM, room, &error);
  g_autoptr (ScChatServer) server = sc_chat_server_new (cloud, &hooks);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  sc_chat_server_listen (server, address, &error);
  g_assert_no_error (error);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, on_asked, server);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_main_loop_run (loop);
}

/* --- the people --- */

typedef struct {
  int fd;
  gboolean is_stalled;
  guint8 header[4];
  guint header_length;
  guint left; /* of the frame's payload */
  gboolean is_message;
  guint n_messages;
} Person;

typedef struct {
  char *path;
  int ask_fd;
  int token_fd;
  GPid rooms;
  int epoll_fd;
  Person people[READERS];
  guint n_cut;     /* stalled readers that were sent away, and came back */
  guint n_refused; /* lines that were answered with an error, and for which an event stands */
  guint n_said;
  guint64 peak_kib;
} Soak;

static void
read_exactly (int fd, void *buffer, gsize size)
{
  for (gsize done = 0; done < size;) {
    gssize count = read (fd, (char *) buffer + done, size - done);
    g_assert_cmpint (count, >, 0);
    done += (gsize) count;
  }
}

static void
write_exactly (int fd, const void *bytes, gsize size)
{
  g_assert_cmpint (write (fd, bytes, size), ==, size);
}

static void
ask (const Soak *soak, char what)
{
  write_exactly (soak->ask_fd, &what, 1);
}

/* Reads the answer to a request for a WebSocket, and not a byte more. */
static void
read_answer (int fd)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  while (!g_str_has_suffix (answer->str, "\r\n\r\n")) {
    char byte;
    read_exactly (fd, &byte, 1);
    g_string_append_c (answer, byte);
  }
  g_assert_true (g_str_has_prefix (answer->str, "HTTP/1.1 101 "));
}

static void
enter (Soak *soak, Person *person)
{
  char token[TOKEN_BYTES + 1] = "";
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_strlcpy (address.sun_path, soak->path, sizeof address.sun_path);
  ask (soak, ASK_TOKEN);
  read_exactly (soak->token_fd, token, TOKEN_BYTES);
  g_autofree char *request = g_strdup_printf (
    "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: %s\r\n\r\n",
    token);
  person->fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (connect (person->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  write_exactly (person->fd, request, strlen (request));
  read_answer (person->fd);
  struct epoll_event event = { .events = person->is_stalled ? 0 : EPOLLIN, .data.ptr = person };
  g_assert_cmpint (epoll_ctl (soak->epoll_fd, EPOLL_CTL_ADD, person->fd, &event), ==, 0);
}

/* Says a line. */
static void
say (Soak *soak)
{
  static const guint8 header[] = { 0x81, 0xfe, 0, 0, 0, 0, 0, 0 };
  const Person *person = &soak->people[STALLED + soak->n_said++ % SENDERS];
  g_autofree char *line = g_strnfill (LINE_LENGTH, 'x');
  g_autofree char *text =
    g_strdup_printf ("{\"Action\":\"SEND_MESSAGE\",\"Content\":\"%s\"}", line);
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  g_byte_array_append (frame, header, sizeof header);
  g_byte_array_append (frame, (const guint8 *) text, (guint) strlen (text));
  frame->data[2] = (guint8) (strlen (text) >> 8);
  frame->data[3] = (guint8) strlen (text);
  write_exactly (person->fd, frame->data, frame->len);
}

/* A frame begins: short ones are pings, and errors are shorter than lines. */
static void
begin_frame (Soak *soak, Person *person)
{
  guint length = person->header[1];
  guint long_form = (guint) person->header[2] << 8 | person->header[3];
  person->left = length == 126 ? long_form : length;
  person->is_message = person->left > 250;
  if (person->header[0] != 0x81 || person->is_message)
    return;
  soak->n_refused++;
  ask (soak, ASK_EVENT);
}

static void
take (Soak *soak, Person *person, const guint8 *data, gsize size)
{
  while (size > 0) {
    gboolean is_long = person->header_length >= 2 && person->header[1] == 126;
    if (person->header_length < (is_long ? 4u : 2u)) {
      person->header[person->header_length++] = *data++;
      size--;
      is_long = person->header_length >= 2 && person->header[1] == 126;
      if (person->header_length == (is_long ? 4u : 2u))
        begin_frame (soak, person);
    }
    gsize count = MIN (size, person->left);
    person->left -= (guint) count;
    data += count;
    size -= count;
    if (person->left > 0 || person->header_length < (is_long ? 4u : 2u))
      continue;
    person->n_messages += person->is_message;
    person->is_message = FALSE;
    person->header_length = 0;
  }
}

static void
handle (Soak *soak, Person *person)
{
  static guint8 buffer[64 * 1024];
  if (person->is_stalled) {
    soak->n_cut++;
    close (person->fd);
    enter (soak, person);
    return;
  }
  gssize count = read (person->fd, buffer, sizeof buffer);
  g_assert_cmpint (count, >, 0); /* who reads is never cut */
  take (soak, person, buffer, (gsize) count);
}

/* Lets everybody hear what there is, for so long at most. */
static void
listen_for (Soak *soak, int ms)
{
  struct epoll_event events[256];
  int count = epoll_wait (soak->epoll_fd, events, G_N_ELEMENTS (events), ms);
  for (int i = 0; i < count; i++)
    handle (soak, events[i].data.ptr);
}

/* --- memory --- */

static guint64
read_rss_kib (const Soak *soak)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", soak->rooms);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  const char *line = strstr (text, "VmRSS:");
  return g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10);
}

static void
start_rooms (Soak *soak, const char *program, const char *folder)
{
  const char *argv[] = { program, "--rooms", folder, NULL };
  g_autoptr (GError) error = NULL;
  g_spawn_async_with_pipes (NULL,
                            (char **) argv,
                            NULL,
                            G_SPAWN_DO_NOT_REAP_CHILD,
                            NULL,
                            NULL,
                            &soak->rooms,
                            &soak->ask_fd,
                            &soak->token_fd,
                            NULL,
                            &error);
  g_assert_no_error (error);
  char token[TOKEN_BYTES]; /* when one comes, they listen */
  ask (soak, ASK_TOKEN);
  read_exactly (soak->token_fd, token, sizeof token);
}

/* Lines a second, as even as a busy machine lets them be. */
static void
talk (Soak *soak)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 sampled = begin;
  for (gint64 now = begin; now - begin < SECONDS * G_USEC_PER_SEC; now = g_get_monotonic_time ()) {
    if (now - begin >= (gint64) soak->n_said * G_USEC_PER_SEC / LINES_PER_SECOND)
      say (soak);
    listen_for (soak, 2);
    if (now - sampled < G_USEC_PER_SEC / 4)
      continue;
    sampled = now;
    soak->peak_kib = MAX (soak->peak_kib, read_rss_kib (soak));
  }
}

/* Everybody who reads has heard every line. */
static void
hear_out (Soak *soak)
{
  gint64 until = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  for (guint i = STALLED; i < READERS; i++) {
    while (soak->people[i].n_messages < soak->n_said) {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      listen_for (soak, 100);
    }
    g_assert_cmpuint (soak->people[i].n_messages, ==, soak->n_said);
  }
}

static char *program;

static void
test_flat (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("sct-soak-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree Soak *soak = g_new0 (Soak, 1);
  soak->path = g_build_filename (folder, "chat.sock", NULL);
  soak->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  start_rooms (soak, program, folder);
  guint64 empty_kib = read_rss_kib (soak);
  for (guint i = 0; i < READERS; i++) {
    soak->people[i].is_stalled = i < STALLED;
    enter (soak, &soak->people[i]);
  }
  guint64 before_kib = read_rss_kib (soak);
  talk (soak);
  hear_out (soak);
  guint64 growth = soak->peak_kib - MIN (soak->peak_kib, before_kib);
  g_test_message ("%d readers take %" G_GUINT64_FORMAT " KiB; %u lines, %u of them events; "
                  "%u times a stalled reader was cut; the rooms grew by %" G_GUINT64_FORMAT
                  " KiB, %u are allowed",
                  READERS,
                  before_kib - empty_kib,
                  soak->n_said,
                  soak->n_refused,
                  soak->n_cut,
                  growth,
                  STALLED * GROWTH_STALLED_KIB + GROWTH_KIB);
  g_assert_cmpuint (soak->n_said, >=, SECONDS * LINES_PER_SECOND * 9 / 10);
  g_assert_cmpuint (soak->n_cut, >=, STALLED);
  g_assert_cmpuint (growth, <=, STALLED * GROWTH_STALLED_KIB + GROWTH_KIB);

  for (guint i = 0; i < READERS; i++)
    close (soak->people[i].fd);
  close (soak->ask_fd);
  close (soak->token_fd);
  close (soak->epoll_fd);
  kill (soak->rooms, SIGTERM);
  g_spawn_close_pid (soak->rooms);
  sct_remove_tree (folder);
  g_free (soak->path);
}

int
main (int argc, char *argv[])
{
  struct rlimit limit;
  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
  signal (SIGPIPE, SIG_IGN);
  if (argc == 3 && g_str_equal (argv[1], "--rooms")) {
    prctl (PR_SET_PDEATHSIG, SIGKILL);
    run_rooms (argv[2]);
    return EXIT_SUCCESS;
  }
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/soak/flat", test_flat);
  return g_test_run ();
}
