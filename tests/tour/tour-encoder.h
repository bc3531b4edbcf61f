/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-error.h"

G_BEGIN_DECLS

/* The test picture: its size and rate, the colours of its four corners, and its tone. */
#define TOUR_PICTURE_WIDTH 1280
#define TOUR_PICTURE_HEIGHT 720
#define TOUR_PICTURE_RATE 15
#define TOUR_CORNER_SIZE 96
#define TOUR_CORNER_TOP_LEFT 0xff0000
#define TOUR_CORNER_TOP_RIGHT 0x00ff00
#define TOUR_CORNER_BOTTOM_LEFT 0x0000ff
#define TOUR_CORNER_BOTTOM_RIGHT 0xffff00
#define TOUR_TONE_HZ 440

/* Publishes until it is stopped, or longer than any tour. */
#define TOUR_ENDLESS 86400

typedef struct _TourEncoder TourEncoder;

TourEncoder *tour_encoder_start (const char *server,
                                 const char *key,
                                 const char *ca_file,
                                 guint seconds,
                                 const char *log,
                                 GError **error);
gboolean tour_encoder_wait_refused (TourEncoder *self, double seconds, GError **error);
gboolean tour_encoder_wait_done (TourEncoder *self, double seconds, GError **error);
void tour_encoder_stop (TourEncoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TourEncoder, tour_encoder_stop)

G_END_DECLS
