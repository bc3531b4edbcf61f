/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-world.h"

G_BEGIN_DECLS

/**
 * TourStep:
 * @name: what the tour prints
 * @run: does the step; sets *@ret_figure to what was measured, or leaves it %NULL for the time
 *
 * One step of the tour.
 */
typedef struct {
  const char *name;
  gboolean (*run) (TourWorld *world, char **ret_figure, GError **error);
} TourStep;

extern const TourStep tour_account_steps[];
extern const TourStep tour_key_steps[];
extern const TourStep tour_stream_steps[];
extern const TourStep tour_live_steps[];
extern const TourStep tour_chat_steps[];
extern const TourStep tour_moderation_steps[];
extern const TourStep tour_find_steps[];
extern const TourStep tour_chat_end_steps[];
extern const TourStep tour_end_steps[];
extern const TourStep tour_recording_steps[];
extern const TourStep tour_again_steps[];
extern const TourStep tour_shelf_steps[];
extern const TourStep tour_last_steps[];
extern const TourStep tour_crash_steps[];
extern const TourStep tour_flatpak_steps[];

G_END_DECLS
