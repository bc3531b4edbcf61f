/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-player.h"
#include "sct-fault-proxy.h"

G_BEGIN_DECLS

/**
 * BenchCut:
 * @name: what happens, in words
 * @faults: what the network and the server do meanwhile
 * @reset: whether every connection is reset as it begins
 * @ms: how long it lasts
 * @is_short: whether it is one of the few that a test has time for
 * @asleep: whether this whole process stands still meanwhile, as when the lid is closed; its clock
 * does not, as it would then
 */
typedef struct {
  const char *name;
  SctFaults faults;
  gboolean reset;
  guint ms;
  gboolean is_short;
  gboolean asleep;
} BenchCut;

/**
 * BenchRecovery:
 * @recovered: whether pictures move again
 * @seconds: from the network's return to the last time that they began to move
 * @stood: how long pictures stood in all, from the begin of the cut on, seconds
 * @latency: from the origin's clock to the picture then, seconds, as the player says; -1 unknown
 * @failed: whether the player gave up and was told to open again
 */
typedef struct {
  gboolean recovered;
  double seconds;
  double stood;
  double latency;
  gboolean failed;
} BenchRecovery;

/**
 * BenchStage:
 *
 * A streamer, an origin, a network, and a player in this process that is told of cuts. The main
 * thread's.
 */
typedef struct _BenchStage BenchStage;

BenchStage *bench_stage_new (const char *programs, const ScPlayerSinks *sinks);
void bench_stage_free (BenchStage *self);

ScPlayer *bench_stage_get_player (BenchStage *self);
void bench_stage_see_frame (BenchStage *self);
void bench_stage_warm (BenchStage *self);
gboolean bench_stage_open (BenchStage *self);
double bench_stage_switch (BenchStage *self);
BenchRecovery bench_stage_cut (BenchStage *self, const BenchCut *cut);

const BenchCut *bench_stage_get_cuts (guint *ret_n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchStage, bench_stage_free)

G_END_DECLS
