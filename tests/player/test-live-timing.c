/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-live-timing.h"

#include <math.h>
#include <string.h>

/* The timing against simulated networks, hours of them in a second: a streamer, a server that sends
 * by frame or in chunks, a network that jitters and stalls, and a player that pushes what arrives.
 * Whatever the network does, each piece's place on the pipeline's clock is checked. */

#define MS (G_GINT64_CONSTANT (1000000))
#define SECOND (G_GINT64_CONSTANT (1000000000))
#define MINUTE (60 * SECOND)

#define N_STREAMS 2

/* How a stream reaches us. All times in nanoseconds. */
typedef struct {
  gint64 chunk;        /* the server flushes at multiples of it; 0: each frame at once */
  gint64 jitter;       /* each arrival is late by up to this */
  gint64 backlog;      /* what the server has at the join */
  int ppm;             /* how much faster than ours the streamer's clock is */
  int n_b_frames;      /* between two others */
  gint64 stalls_apart; /* 0: none */
  gint64 stall;        /* nothing arrives for so long; then all at once */
} Network;

typedef struct {
  gint64 pts;
  gint64 made; /* when its encoder had it, on our clock */
  int stream;
} Piece;

typedef struct {
  const Network *network;
  GRand *rand;
  gint64 base; /* of the pts */
  gint64 join;
  gint64 last_arrival;
  guint n_video;
  guint n_audio;
} Source;

typedef struct {
  ScLiveTiming *timing;
  GQueue waiting;
  gint64 start; /* of this timeline */
  ScLiveMap map;
  gboolean mapped;
  gint64 pushed;
  gint64 from;
  gint64 last_running[N_STREAMS];
  gint64 last_pts[N_STREAMS];
  gint64 last_change;
  guint n_changes;
  guint n_skips;
} Player;

static gint64
video_pts (const Network *network, guint i)
{
  guint group = (guint) network->n_b_frames + 1;
  guint place = i % group;
  guint shown = place == 0 ? i + group - 1 : i - 1; /* the frame after the B-frames is sent first */
  return (gint64) shown * SECOND / 30;
}

/* The next of both streams as they are sent. */
static Piece
make_piece (Source *source)
{
  gint64 video = (gint64) source->n_video * SECOND / 30;
  gint64 audio = (gint64) source->n_audio * 1024 * SECOND / 48000;
  gboolean is_video = video <= audio;
  gint64 made = is_video ? video : audio;
  Piece piece = { .stream = is_video ? 0 : 1 };
  piece.pts = source->base + (is_video ? video_pts (source->network, source->n_video) : audio);
  piece.made = made - made * source->network->ppm / 1000000;
  source->n_video += is_video;
  source->n_audio += !is_video;
  return piece;
}

/* When it is here: in order, as TCP delivers. The stream began a backlog before the join. */
static gint64
find_arrival (Source *source, const Piece *piece)
{
  const Network *network = source->network;
  gint64 at = source->join - network->backlog + piece->made;
  if (network->chunk > 0)
    at = (at / network->chunk + 1) * network->chunk;
  if (network->jitter > 0)
    at += (gint64) (g_rand_double (source->rand) * (double) network->jitter);
  if (network->stalls_apart > 0 && at % network->stalls_apart < network->stall && at > 15 * SECOND)
    at += network->stall - at % network->stalls_apart;
  at = MAX (at, source->last_arrival + MS / 5);
  source->last_arrival = at;
  return at;
}

static void
player_init (Player *self)
{
  memset (self, 0, sizeof *self);
  self->timing = sc_live_timing_new ();
  g_queue_init (&self->waiting);
  self->last_change = -MINUTE;
}

static void
player_clear (Player *self)
{
  g_queue_clear_full (&self->waiting, g_free);
  sc_live_timing_free (self->timing);
}

static ScLiveTimingView
view_of (const Player *self)
{
  ScLiveTimingView view;
  sc_live_timing_view (self->timing, &view);
  return view;
}

static void
check_map (Player *self, const ScLiveMap *map, gint64 now)
{
  g_assert_cmpfloat (map->rate, >=, 0.97);
  g_assert_cmpfloat (map->rate, <=, 1.05);
  g_assert_cmpint (self->mapped || map->skip, ==, TRUE);
  if (self->mapped && map->skip) {
    g_assert_cmpint (map->running, >=, sc_live_map_running (&self->map, self->pushed) - 1);
    g_assert_cmpint (map->running, >=, now);
    self->n_skips += now - self->start > 4 * SECOND;
  } else if (self->mapped) {
    gint64 before = sc_live_map_running (&self->map, map->pts);
    gboolean is_stop = map->running > before + 1;
    g_assert_true (is_stop || ABS (map->running - before) <= 1);
    g_assert_true (is_stop || now - self->last_change >= SECOND);
    g_assert_cmpint (self->pushed, >, self->from);
  }
  if (map->skip)
    self->from = map->pts;
  self->last_change = now;
  self->n_changes++;
  self->map = *map;
  self->mapped = TRUE;
}

static void
push (Player *self, const Piece *piece, gint64 now)
{
  ScLiveMap map;
  self->pushed = self->mapped ? MAX (self->pushed, piece->pts) : piece->pts;
  if (sc_live_timing_next (self->timing, piece->pts, now, &map))
    check_map (self, &map, now);
  gint64 running = sc_live_map_running (&self->map, piece->pts);
  int stream = piece->stream;
  if (piece->pts < self->from)
    return;                                     /* not shown */
  g_assert_cmpint (running, >=, now - 15 * MS); /* 10, and what a new speed moves a B-frame */
  if (piece->pts <= self->last_pts[stream])
    return; /* a B-frame */
  g_assert_cmpint (running, >=, self->last_running[stream]);
  self->last_running[stream] = running;
  self->last_pts[stream] = piece->pts;
}

static void
take (Player *self, const Piece *piece, gint64 now)
{
  sc_live_timing_arrive (self->timing, piece->pts, now);
  g_queue_push_tail (&self->waiting, g_memdup2 (piece, sizeof *piece));
  if (sc_live_timing_is_joining (self->timing, now))
    return;
  while (!g_queue_is_empty (&self->waiting)) {
    g_autofree Piece *next = g_queue_pop_head (&self->waiting);
    push (self, next, now);
  }
}

/* Lets it play until @end. */
static void
play_until (Player *self, Source *source, gint64 end)
{
  while (source->last_arrival < end) {
    Piece piece = make_piece (source);
    gint64 now = find_arrival (source, &piece);
    take (self, &piece, now);
  }
}

static void
begin (Player *self, Source *source, const Network *network, guint32 seed)
{
  player_init (self);
  *source = (Source) {
    .network = network,
    .rand = g_rand_new_with_seed (seed),
    .base = 3600 * SECOND,
    .join = SECOND,
    .last_arrival = SECOND,
  };
  self->start = source->join;
  g_test_message (
    "seed %u: chunk %d ms, jitter %d ms, backlog %d ms, %d ppm, %d B-frames, stalls of "
    "%d ms every %d ms",
    seed,
    (int) (network->chunk / MS),
    (int) (network->jitter / MS),
    (int) (network->backlog / MS),
    network->ppm,
    network->n_b_frames,
    (int) (network->stall / MS),
    (int) (network->stalls_apart / MS));
}

static void
end (Player *self, Source *source)
{
  player_clear (self);
  g_rand_free (source->rand);
}

static gboolean
is_near (const Player *self, gint64 tolerance)
{
  ScLiveTimingView view = view_of (self);
  return ABS (view.cushion - view.target) <= tolerance;
}

static void
assert_near (const Player *self, gint64 tolerance)
{
  ScLiveTimingView view = view_of (self);
  g_assert_cmpint (view.cushion, <=, view.target + tolerance);
  g_assert_cmpint (view.cushion, >=, view.target - tolerance);
}

static Network
make_network (GRand *rand)
{
  static const gint64 chunks[] = { 0, 0, 0, 100 * MS, 500 * MS, SECOND };
  Network network = {
    .chunk = chunks[g_rand_int_range (rand, 0, G_N_ELEMENTS (chunks))],
    .jitter = g_rand_int_range (rand, 0, 120) * MS,
    .backlog = g_rand_int_range (rand, 0, 4000) * MS,
    .ppm = g_rand_int_range (rand, -200, 201),
    .n_b_frames = g_rand_int_range (rand, 0, 4),
  };
  return network;
}

/* Networks that keep what they promise: the cushion is soon what it should be, and then little
 * happens any more. It may be off for some seconds: where frames drift across the moments at which
 * a server flushes, the floor jumps by a frame, and the lateness with it. */
static void
test_steady (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  for (guint32 i = 0; i < 250; i++) {
    Network network = make_network (rand);
    Player player;
    Source source;
    begin (&player, &source, &network, i);
    play_until (&player, &source, 90 * SECOND);
    guint n_stalls = view_of (&player).n_stalls;
    guint n_changes = player.n_changes;
    guint n_off = 0;
    for (gint64 now = 90; now < 120; now++) {
      play_until (&player, &source, now * SECOND);
      assert_near (&player, 110 * MS);
      n_off += !is_near (&player, 60 * MS);
    }
    g_assert_cmpuint (n_off, <, 10);
    g_assert_cmpuint (view_of (&player).n_stalls, ==, n_stalls);
    g_assert_cmpuint (player.n_changes - n_changes, <, 15);
    g_assert_cmpuint (player.n_skips, ==, 0);
    end (&player, &source);
  }
}

/* From the first piece on it is where it should be, when what the server has suffices. */
static void
test_join (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  for (guint32 i = 0; i < 200; i++) {
    Network network = { .jitter = 10 * MS, .backlog = g_rand_int_range (rand, 400, 4000) * MS };
    Player player;
    Source source;
    begin (&player, &source, &network, i);
    play_until (&player, &source, source.join + 700 * MS);
    ScLiveTimingView view = view_of (&player);
    g_assert_true (player.mapped);
    assert_near (&player, 60 * MS);
    g_assert_cmpint (view.target, ==, 250 * MS);
    gint64 shown = sc_live_map_pts (&player.map, source.join + 250 * MS) - source.base;
    g_assert_cmpint (shown, >=, network.backlog - 60 * MS); /* 250 ms behind what is made then */
    play_until (&player, &source, 30 * SECOND);
    g_assert_cmpuint (view_of (&player).n_stalls, ==, 0);
    g_assert_cmpuint (player.n_skips, ==, 0);
    g_assert_cmpuint (player.n_changes, <, 8);
    end (&player, &source);
  }
}

/* Who does not wait for the burst's end to push gets there in a few skips. */
static void
test_join_at_once (void)
{
  const Network network = { .jitter = 10 * MS, .backlog = 2 * SECOND };
  Player player;
  Source source;
  begin (&player, &source, &network, 3);
  ScLiveMap map;
  guint n = 0;
  while (source.last_arrival < 6 * SECOND) {
    Piece piece = make_piece (&source);
    gint64 now = find_arrival (&source, &piece);
    sc_live_timing_arrive (player.timing, piece.pts, now);
    n += sc_live_timing_next (player.timing, piece.pts, now, &map);
  }
  g_assert_cmpuint (n, <=, 6);
  assert_near (&player, 60 * MS);
  end (&player, &source);
}

/* A server that sends a second at once: that shows after the first silence, not after the third. */
static void
test_join_of_chunks (void)
{
  guint n_stalls = 0;
  for (guint32 i = 0; i < 100; i++) {
    const Network network = { .chunk = SECOND, .backlog = (1000 + 37 * i) * MS };
    Player player;
    Source source;
    begin (&player, &source, &network, i);
    play_until (&player, &source, 30 * SECOND);
    g_assert_cmpuint (view_of (&player).n_stalls, <=, 2);
    n_stalls += view_of (&player).n_stalls;
    end (&player, &source);
  }
  g_assert_cmpuint (n_stalls, <=, 130);
}

/* A connection that has to speed up first brings what the server has in several bursts: that is no
 * jitter. */
static void
test_slow_start (void)
{
  g_autoptr (ScLiveTiming) timing = sc_live_timing_new ();
  ScLiveTimingView view;
  gint64 pts = 0;
  for (int flight = 0; flight < 6; flight++)
    for (int frame = 0; frame < 1 << flight; frame++, pts += SECOND / 30)
      sc_live_timing_arrive (timing, pts, flight * 80 * MS + frame * MS / 2);
  gint64 floor = 5 * 80 * MS + 40 * MS - pts;
  for (int frame = 0; frame < 60; frame++, pts += SECOND / 30)
    sc_live_timing_arrive (timing, pts, pts + floor);
  sc_live_timing_view (timing, &view);
  g_assert_cmpint (view.jitter, <, 150 * MS);
}

/* A streamer's clock that is not ours, for an hour. */
static void
test_drift (void)
{
  for (int ppm = -200; ppm <= 200; ppm += 100) {
    const Network network = { .jitter = 30 * MS, .backlog = SECOND, .ppm = ppm };
    Player player;
    Source source;
    begin (&player, &source, &network, 4);
    play_until (&player, &source, MINUTE);
    for (gint64 minute = 1; minute <= 60; minute++) {
      play_until (&player, &source, minute * MINUTE);
      assert_near (&player, 100 * MS);
    }
    g_assert_cmpuint (view_of (&player).n_stalls, ==, 0);
    g_assert_cmpuint (player.n_skips, ==, 0);
    end (&player, &source);
  }
}

/* Networks that break their promise. It stops, it may skip when it is far behind, and comes back to
 * what it should be. */
static void
test_stalls (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  for (guint32 i = 0; i < 150; i++) {
    Network network = make_network (rand);
    network.stalls_apart = g_rand_int_range (rand, 2000, 60000) * MS;
    network.stall = g_rand_int_range (rand, 100, 1500) * MS;
    Player player;
    Source source;
    begin (&player, &source, &network, i);
    play_until (&player, &source, 3 * MINUTE);
    g_assert_cmpint (view_of (&player).target, <=, 3000 * MS + 1500 * MS);
    network.stalls_apart = 0;
    gint64 calm = source.last_arrival;
    play_until (&player, &source, calm + 240 * SECOND); /* when the target does not fall any more */
    assert_near (&player, 60 * MS);
    g_assert_cmpint (view_of (&player).target, <, network.chunk + network.jitter + 450 * MS);
    end (&player, &source);
  }
}

/* One stall costs one stop, as short as can be, and is then made up for. */
static void
test_one_stall (void)
{
  const Network network = { .backlog = SECOND, .stalls_apart = 1000 * SECOND, .stall = 1200 * MS };
  Player player;
  Source source;
  begin (&player, &source, &network, 6);
  source.join = source.last_arrival = player.start = 980 * SECOND;
  play_until (&player, &source, 999 * SECOND);
  ScLiveTimingView before = view_of (&player);
  g_assert_cmpuint (before.n_stalls, ==, 0);
  play_until (&player, &source, 1001300 * MS);
  ScLiveTimingView after = view_of (&player);
  g_assert_cmpuint (after.n_stalls, ==, 1);
  g_assert_cmpint (after.target, >=, before.target + 250 * MS);
  g_assert_cmpint (after.cushion, >=, 1300 * MS);
  g_assert_cmpint (after.cushion, <=, 1400 * MS);
  play_until (&player, &source, 1060 * SECOND);
  assert_near (&player, 60 * MS);
  g_assert_cmpuint (player.n_skips, ==, 0);
  g_assert_cmpint (view_of (&player).target, <, 500 * MS);
  play_until (&player, &source, 1320 * SECOND);
  g_assert_cmpint (view_of (&player).target, ==, before.target);
  end (&player, &source);
}

/* All that comes is held up for up to @most, some seconds apart, and then comes at once. */
static void
cut_often (Player *player, Source *source, GRand *rand, int most)
{
  for (guint cut = 0; cut < 20; cut++) {
    play_until (player, source, source->last_arrival + g_rand_int_range (rand, 5000, 25000) * MS);
    source->last_arrival += g_rand_int_range (rand, 500, most) * MS;
  }
  play_until (player, source, source->last_arrival + MS);
}

/* After many cuts what they made the target grow by is soon gone, and does not come back. */
static void
test_calm_again (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  const Network network = { .jitter = 20 * MS, .backlog = SECOND };
  for (int most = 1500; most <= 9000; most += 500) {
    Player player;
    Source source;
    begin (&player, &source, &network, 13);
    cut_often (&player, &source, rand, most);
    gint64 calm = source.last_arrival;
    gint64 near = 0;
    play_until (&player, &source, calm + 25 * SECOND);
    guint n_stalls = view_of (&player).n_stalls;
    gint64 target = view_of (&player).target;
    for (gint64 now = 26; now <= 240; now++) {
      play_until (&player, &source, calm + now * SECOND);
      ScLiveTimingView view = view_of (&player);
      g_assert_cmpint (view.target, <=, target + 20 * MS);
      target = MIN (target, view.target);
      near = near == 0 && view.cushion < 400 * MS ? now : near;
    }
    g_test_message ("cuts up to %d ms: at 400 ms after %d s", most, (int) near);
    g_assert_cmpint (near, >, 0);
    g_assert_cmpuint (view_of (&player).n_stalls, ==, n_stalls);
    end (&player, &source);
  }
}

/* A network that fails again and again is not taken for one that is well again. */
static void
test_failing_on (void)
{
  static const struct {
    gint64 apart;
    guint percent; /* of what it does that may be seen */
  } cases[] = { { 7, 3 }, { 15, 27 }, { 30, 55 }, { 45, 80 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Network network = { .jitter = 20 * MS,
                              .backlog = SECOND,
                              .stalls_apart = cases[i].apart * SECOND,
                              .stall = 600 * MS };
    Player player;
    Source source;
    begin (&player, &source, &network, 12);
    play_until (&player, &source, 60 * MINUTE);
    guint n = (guint) (60 * MINUTE / network.stalls_apart);
    g_test_message ("%u of %u seen", view_of (&player).n_stalls, n);
    g_assert_cmpuint (view_of (&player).n_stalls * 100, <=, n * cases[i].percent);
    end (&player, &source);
  }
}

/* The same where they come at random, a quarter of a minute apart on average. */
static void
test_failing_at_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (14);
  const Network network = { .jitter = 20 * MS, .backlog = SECOND };
  Player player;
  Source source;
  guint n = 0;
  begin (&player, &source, &network, 13);
  while (source.last_arrival < 120 * MINUTE) {
    double apart = 2 - 13 * log (1 - g_rand_double (rand));
    play_until (&player, &source, source.last_arrival + (gint64) (apart * (double) SECOND));
    source.last_arrival += g_rand_int_range (rand, 300, 1500) * MS;
    n++;
  }
  g_test_message ("%u of %u seen", view_of (&player).n_stalls, n);
  g_assert_cmpuint (view_of (&player).n_stalls * 100, <=, n * 34);
  end (&player, &source);
}

/* After an outage there is no point in seeing what was missed. */
static void
test_outage (void)
{
  const Network network = { .backlog = SECOND,
                            .stalls_apart = 1000 * SECOND,
                            .stall = 12 * SECOND };
  Player player;
  Source source;
  begin (&player, &source, &network, 7);
  source.join = source.last_arrival = player.start = 980 * SECOND;
  play_until (&player, &source, 1014 * SECOND);
  g_assert_cmpuint (view_of (&player).n_stalls, ==, 1);
  g_assert_cmpuint (player.n_skips, >=, 1);
  g_assert_cmpuint (player.n_skips, <=, 3);
  g_assert_cmpint (view_of (&player).cushion, <, 3 * SECOND);
  play_until (&player, &source, 1080 * SECOND);
  assert_near (&player, 60 * MS);
  end (&player, &source);
}

/* The pipeline's clock stands while the viewer pauses: afterwards all comes @pause earlier. */
static void
pause_for (Source *source, gint64 pause)
{
  source->join -= pause;
}

static void
test_held (void)
{
  static const gint64 pauses[] = { 600 * MS, 5 * SECOND, MINUTE };
  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++) {
    const Network network = { .jitter = 20 * MS, .backlog = SECOND };
    Player player;
    Source source;
    begin (&player, &source, &network, 8);
    play_until (&player, &source, 40 * SECOND);
    gint64 cushion = view_of (&player).cushion;
    sc_live_timing_set_held (player.timing, TRUE);
    pause_for (&source, pauses[i]);
    play_until (&player, &source, 42 * SECOND);
    gint64 shown = sc_live_map_pts (&player.map, 42 * SECOND);
    play_until (&player, &source, 3 * MINUTE);
    g_assert_cmpuint (player.n_skips, ==, 0);
    g_assert_cmpint (sc_live_map_pts (&player.map, 3 * MINUTE) - shown, ==, 138 * SECOND);
    ScLiveTimingView view = view_of (&player);
    g_assert_cmpfloat (view.rate, ==, 1);
    g_assert_cmpint (ABS (view.cushion - cushion - pauses[i]), <, 50 * MS);

    sc_live_timing_set_held (player.timing, FALSE);
    sc_live_timing_set_held (player.timing, FALSE);
    play_until (&player, &source, 3 * MINUTE + SECOND);
    g_assert_cmpuint (player.n_skips, ==, 1);
    assert_near (&player, 60 * MS);
    g_assert_cmpuint (view_of (&player).n_stalls, ==, 0);
    end (&player, &source);
  }
}

/* Another timeline: it follows the old one, and what was learned of the network stays. */
static void
test_restart (void)
{
  const Network network = { .jitter = 20 * MS, .backlog = SECOND };
  Player player;
  Source source;
  begin (&player, &source, &network, 9);
  play_until (&player, &source, 40 * SECOND);
  gint64 last = sc_live_map_running (&player.map, player.pushed);
  gint64 target = view_of (&player).target;

  sc_live_timing_restart (player.timing);
  player.mapped = FALSE;
  memset (player.last_pts, 0, sizeof player.last_pts);
  source.base = 7 * SECOND;
  play_until (&player, &source, source.last_arrival + 300 * MS);
  g_assert_true (player.mapped);
  g_assert_true (player.map.skip);
  g_assert_cmpint (player.map.running, >=, last);
  g_assert_cmpint (player.map.running, <=, last + 100 * MS);
  play_until (&player, &source, 44 * SECOND);
  g_assert_cmpint (view_of (&player).target, ==, target);
  assert_near (&player, 60 * MS);
  g_assert_cmpuint (view_of (&player).n_stalls, ==, 0);
  end (&player, &source);
}

/* Where whole segments come, the first of the new timeline says nothing of the silence before the
 * next: that was learned on the old one, until it is seen again. */
static void
test_restart_in_chunks (void)
{
  const Network network = { .chunk = SECOND, .backlog = SECOND };
  Player player;
  Source source;
  begin (&player, &source, &network, 9);
  play_until (&player, &source, 40 * SECOND);
  gint64 target = view_of (&player).target;
  g_assert_cmpint (target, >, SECOND);
  sc_live_timing_restart (player.timing);
  for (gint64 now = 41 * SECOND; now < 80 * SECOND; now += network.chunk) {
    gint64 pts = now - 34 * SECOND;
    for (gint64 i = 0; i < 30; i++)
      sc_live_timing_arrive (player.timing, pts + i * SECOND / 30, now + i * MS);
    g_assert_cmpint (ABS (view_of (&player).target - target), <, 100 * MS);
  }
  end (&player, &source);
}

/* A viewer who is behind still has pieces of the old timeline when the new one arrives: it begins
 * after them, and misses nothing. */
static void
test_restart_behind (void)
{
  const Network network = { .backlog = SECOND };
  Player player;
  Source source;
  begin (&player, &source, &network, 9);
  play_until (&player, &source, 40 * SECOND);
  gint64 last = sc_live_map_running (&player.map, player.pushed) + 5 * SECOND;
  sc_live_timing_set_held (player.timing, TRUE);
  sc_live_timing_restart (player.timing);
  sc_live_timing_follow (player.timing, last);
  ScLiveMap map;
  sc_live_timing_arrive (player.timing, 7 * SECOND, source.last_arrival);
  g_assert_true (sc_live_timing_next (player.timing, 7 * SECOND, source.last_arrival, &map));
  g_assert_cmpint (map.pts, ==, 7 * SECOND);
  g_assert_cmpint (map.running, >, last);
  g_assert_cmpint (map.running, <, last + 100 * MS);
  end (&player, &source);
}

/* What the viewer wants, what the sinks add, and what the network needs at least. */
static void
test_target (void)
{
  const struct {
    gint64 wanted, latency, chunk, target, end_of_target;
  } cases[] = {
    { 0, 0, 0, 250 * MS, 250 * MS },
    { 0, 80 * MS, 0, 250 * MS, 250 * MS },
    { 0, 400 * MS, 0, 450 * MS, 465 * MS },
    { 0, 0, 400 * MS, 530 * MS, 560 * MS },
    { SECOND, 0, 0, SECOND, SECOND },
    { SECOND, 80 * MS, 0, SECOND, SECOND },
    { 100 * MS, 0, 400 * MS, 430 * MS, 460 * MS },
    { 100 * MS, 80 * MS, 0, 130 * MS, 145 * MS },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Network network = { .chunk = cases[i].chunk, .backlog = 3 * SECOND };
    Player player;
    Source source;
    begin (&player, &source, &network, 10);
    sc_live_timing_set_wanted (player.timing, cases[i].wanted);
    sc_live_timing_set_sink_latency (player.timing, cases[i].latency);
    play_until (&player, &source, 90 * SECOND);
    ScLiveTimingView view = view_of (&player);
    g_assert_cmpint (view.target, >=, cases[i].target);
    g_assert_cmpint (view.target, <=, cases[i].end_of_target);
    g_assert_cmpuint (view.n_stalls, ==, 0);
    assert_near (&player, 60 * MS);
    end (&player, &source);
  }
}

/* A map there and back. */
static void
test_map (void)
{
  const ScLiveMap map = { .pts = 100 * SECOND, .running = 3 * SECOND, .rate = 1.05 };
  g_assert_cmpint (sc_live_map_running (&map, 100 * SECOND), ==, 3 * SECOND);
  g_assert_cmpint (sc_live_map_running (&map, 110500 * MS), ==, 13 * SECOND);
  g_assert_cmpint (sc_live_map_pts (&map, 13 * SECOND), ==, 110500 * MS);
  g_assert_cmpint (sc_live_map_pts (&map, 2 * SECOND), ==, 98950 * MS);
}

/* Chaos: whatever the calls, running times do not go back and speeds stay in bounds, which push()
 * checks. */
static void
test_chaos (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  for (guint32 i = 0; i < 1000; i++) {
    Network network = make_network (rand);
    network.stalls_apart = g_rand_int_range (rand, 500, 20000) * MS;
    network.stall = g_rand_int_range (rand, 0, 6000) * MS;
    Player player;
    Source source;
    begin (&player, &source, &network, i);
    for (int step = 0; step < 12; step++) {
      play_until (&player, &source, source.last_arrival + g_rand_int_range (rand, 0, 3000) * MS);
      switch (g_rand_int_range (rand, 0, 5)) {
      case 0:
        sc_live_timing_set_held (player.timing, g_rand_boolean (rand));
        break;
      case 1:
        sc_live_timing_set_wanted (player.timing, g_rand_int_range (rand, 0, 5000) * MS);
        break;
      case 2:
        pause_for (&source, g_rand_int_range (rand, 0, 5000) * MS);
        break;
      case 3:
        sc_live_timing_set_sink_latency (player.timing, g_rand_int_range (rand, 0, 300) * MS);
        break;
      default:
        network.jitter = g_rand_int_range (rand, 0, 500) * MS;
      }
    }
    end (&player, &source);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-timing/map", test_map);
  g_test_add_func ("/live-timing/join", test_join);
  g_test_add_func ("/live-timing/join-at-once", test_join_at_once);
  g_test_add_func ("/live-timing/steady", test_steady);
  g_test_add_func ("/live-timing/join-of-chunks", test_join_of_chunks);
  g_test_add_func ("/live-timing/slow-start", test_slow_start);
  g_test_add_func ("/live-timing/drift", test_drift);
  g_test_add_func ("/live-timing/target", test_target);
  g_test_add_func ("/live-timing/one-stall", test_one_stall);
  g_test_add_func ("/live-timing/stalls", test_stalls);
  g_test_add_func ("/live-timing/calm-again", test_calm_again);
  g_test_add_func ("/live-timing/failing-on", test_failing_on);
  g_test_add_func ("/live-timing/failing-at-random", test_failing_at_random);
  g_test_add_func ("/live-timing/outage", test_outage);
  g_test_add_func ("/live-timing/held", test_held);
  g_test_add_func ("/live-timing/restart", test_restart);
  g_test_add_func ("/live-timing/restart-in-chunks", test_restart_in_chunks);
  g_test_add_func ("/live-timing/restart-behind", test_restart_behind);
  g_test_add_func ("/live-timing/chaos", test_chaos);
  return g_test_run ();
}
